// Decodes what it is sent, in a process of its own that may die: test/torture/mutated-images.test.ts.
import { decodeImage } from '../../dist/audit/model/decode-image.js'
import { DEFAULT_IMAGE_LIMITS } from '../../dist/audit/model/image-limits.js'
import { openSharp } from '../../dist/audit/model/open-sharp.js'

process.on('message', async ({ bytes, raw }) => {
  const before = process.cpuUsage()
  const answer = raw ? await byTheLibrary(bytes) : await byUs(bytes)
  const { user, system } = process.cpuUsage(before)
  process.send({ ...answer, milliseconds: (user + system) / 1_000 })
})

async function byUs(bytes) {
  try {
    const decoded = await decodeImage(bytes, DEFAULT_IMAGE_LIMITS)
    if ('kind' in decoded) return { code: decoded.code, reason: decoded.reason }
    const { width, height, format, rgb } = decoded
    return { width, height, format, length: rgb.length }
  } catch (error) {
    return { thrown: String(error) }
  }
}

/** Past our own look at the first bytes: what the locked library itself makes of them. */
async function byTheLibrary(bytes) {
  const sharp = await openSharp()
  try {
    const { format } = await sharp(bytes).metadata()
    return { format }
  } catch {
    return { code: 'refused', reason: '' }
  }
}
