// Decodes one sound image again and again while this process may hold ever less beyond what it holds; prints what became of it, one line a time.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { decodeImage } from '../../dist/audit/model/decode-image.js'
import { DEFAULT_IMAGE_LIMITS } from '../../dist/audit/model/image-limits.js'

const [format, times] = process.argv.slice(2)
const noise = { type: 'gaussian', mean: 128, sigma: 30 }
const drawn = sharp({ create: { width: 2_000, height: 1_500, channels: 3, background: '#123', noise } })
const bytes = await drawn.toFormat(format).toBuffer()
const limit = (most) => spawnSync('prlimit', ['--pid', String(process.pid), `--as=${most}:`])
const held = () => 1_024 * Number(/VmSize:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1])
await decodeImage(bytes, DEFAULT_IMAGE_LIMITS)
for (let time = 0; time < Number(times); time++) {
  limit(held() + 1_000_000 * [30, 20, 12, 8, 5, 3, 2, 1][time % 8])
  const outcome = await decodeImage(bytes, DEFAULT_IMAGE_LIMITS).then(
    (image) => image.code ?? 'decoded',
    (error) => error.code ?? error.message,
  )
  limit('unlimited')
  process.stdout.write(`${outcome}\n`)
}
