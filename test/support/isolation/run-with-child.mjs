// A run with a process that decodes: it decodes a drawn pixel at its start, and once more for every line that it reads, and answers each with `decoded`.
// As a run does, it outlives a first Ctrl-C, `kill` and closed terminal.
import { openDecoder } from '../../../dist/audit/model/isolated-decoder.js'

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC',
  'base64',
)

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined)
const decoder = openDecoder({})
const decode = async () => {
  await decoder.greyThumbnail(PIXEL, null, 1)
  process.stdout.write('decoded\n')
}
process.stdin.on('data', () => void decode())
process.stdin.on('end', () => decoder.close())
await decode()
