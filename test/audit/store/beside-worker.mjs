// A process of its own that stores its share of the images of store-fixture.ts beside others, and what it read of their files. Needs dist/.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { openStore } from '../../../dist/audit/store/open-store.js'

const [folder, space, from, to] = process.argv.slice(2)
const DIM = 8
const AT_ONCE = 4
const hashOf = (text) => createHash('sha256').update(text).digest('hex')
const notices = []
const images = Array.from({ length: to - from }, (_, index) => Number(from) + index)
const store = openStore({ folder, now: () => 10_000_000, onNotice: ({ kind }) => notices.push(kind) })
const opened = await store.openSpace(space, DIM, { kind: 'images', model: 'drawn' })
const hashes = await store.fileHashes('/photos')
let waited = 0

process.stdout.write('ready\n')
await once(process.stdin, 'data') // all begin at once
for (let start = 0; start < images.length; start += AT_ONCE) {
  await opened.startWriting({ threads: 2, batch: 4 }, { onWait: () => waited++, beside: true })
  for (const image of images.slice(start, start + AT_ONCE)) {
    const vector = Float32Array.from({ length: DIM }, (_, place) => Math.sin(image * DIM + place + 1))
    await opened.append([{ key: hashOf(`image ${image}`), note: image % 3, vector }])
    const state = { size: 1n, mtimeNs: 1n, ctimeNs: 1n, ino: BigInt(image) }
    hashes.remember(join('/photos', `${image}.jpg`), state, hashOf(`image ${image}`), hashes.now())
  }
  await opened.finishWriting()
  await hashes.save()
}
process.stdout.write(JSON.stringify({ notices, waited }))
process.exit(0)
