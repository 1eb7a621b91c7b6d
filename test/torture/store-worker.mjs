// A process of its own that embeds overlapping images into a store, until its time is over or it kills itself. Needs dist/.
import { createHash } from 'node:crypto'
import { openStore } from '../../dist/audit/store/open-store.js'
import { createRandom } from '../../dist/audit/statistics/random.js'

const [folder, space, seed, endMs, mode] = process.argv.slice(2)
const DIM = 8
const IMAGES = 2000
const keyOf = (index) => createHash('sha256').update(`image ${index}`).digest('hex')
const vectorOf = (index) => Float32Array.from({ length: DIM }, (_, place) => Math.sin(index * DIM + place + 1))
const random = createRandom(Number(seed), 'worker')
const notices = []
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`)

async function embed(from, to) {
  const store = openStore({ folder, now: () => 10_000_000, onNotice: ({ kind }) => notices.push(kind) })
  const stored = await store.describe(space)
  const opened = await store.openSpace(space, stored?.dim ?? DIM, { kind: 'images', model: 'drawn' })
  const images = Array.from({ length: to - from }, (_, index) => from + index)
  let wrong = 0
  const check = (index, vector) => {
    if (!vectorOf(images[index]).every((value, place) => vector[place] === value)) wrong++
  }
  const missing = await opened.read(images.map(keyOf), check)
  if (missing.length > 0) {
    await opened.startWriting({ threads: 1, batch: 4 }, { onWait: () => undefined })
    const left = missing.map((index) => images[index]).filter((image) => !opened.has(keyOf(image)))
    for (let start = 0; start < left.length; start += 4) {
      const batch = left.slice(start, start + 4)
      await opened.append(batch.map((image) => ({ key: keyOf(image), note: image % 3, vector: vectorOf(image) })))
      if (mode === 'dies' && random.below(60) === 0) process.kill(process.pid, 'SIGKILL') // with the lock in its hands
    }
    await opened.finishWriting()
  }
  const lost = (await opened.read(images.map(keyOf), check)).length
  say({ from, to, wrong, lost, isKept: opened.isKept(), notices: notices.splice(0) })
}

if (mode === 'once') await embed(0, 24)
else
  while (Date.now() < Number(endMs)) {
    const from = random.below(IMAGES - 40)
    await embed(from, from + 1 + random.below(40))
  }
