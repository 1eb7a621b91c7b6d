// One contender of the race of re-auditing from the store; prints what it took as JSON.
// node rescoring-contender.mjs <fill|bare|scoring> <folder> <images> <labels> <cells>
import { createHash } from 'node:crypto'
import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { createFastRandom } from './fast-random.mjs'
import { openBareProduct } from './bare-product.mjs'

const [what, folder, ...sizes] = process.argv.slice(2)
const [images, labels, cells] = sizes.map(Number)
const DIM = 512
const TILE = 2048 // images of one product, as the engine has them
const SPACE = 'a'.repeat(64)
const NEAR_TIE = 0.001

const keyOf = (image) => createHash('sha256').update(`image ${image}`).digest('hex')

async function openSpace() {
  const { openStore } = await import('../dist/audit/store/open-store.js')
  return openStore({ folder, now: Date.now, onNotice: ({ kind }) => console.error(kind) }).openSpace(SPACE, DIM, {})
}

async function fill() {
  const random = createFastRandom(1)
  const space = await openSpace()
  await space.startWriting({ batch: 32 }, { onWait: () => undefined })
  for (let start = 0; start < images; start += TILE) {
    const records = Array.from({ length: Math.min(TILE, images - start) }, (_, place) => ({
      key: keyOf(start + place),
      note: 0,
      vector: random.fill(new Float32Array(DIM), 1),
    }))
    await space.append(records)
  }
  await space.finishWriting()
  return {}
}

/** Unit rows without a pattern. */
function classVectors() {
  const vectors = createFastRandom(2).fill(new Float32Array(labels * DIM), 1)
  for (let start = 0; start < vectors.length; start += DIM) {
    const vector = vectors.subarray(start, start + DIM)
    const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
    vector.forEach((value, place) => (vector[place] = value / length))
  }
  return vectors
}

/** The floor: the same bytes read from the same files, and the product of the same matrices; nothing is checked and no score is looked at. */
async function bare() {
  const { runtime, session } = await openBareProduct({ extra: { session: { intra_op: { allow_spinning: '0' } } } })
  const classes = new runtime.Tensor('float32', classVectors(), [DIM, labels]) // what stands where does not matter
  const tile = new Float32Array(TILE * DIM)
  let left = images
  const tiles = function* () {
    for (const file of vectorFiles()) {
      const handle = openSync(file, 'r')
      for (;;) {
        const rows = Math.min(TILE, left)
        const read = readSync(handle, new Uint8Array(tile.buffer, 0, rows * DIM * 4)) / 4
        left -= read / DIM
        if (read === 0) break
        yield tile.subarray(0, read)
      }
      closeSync(handle)
    }
  }
  const product = await timed(async () => {
    const empty = new Float32Array(TILE * DIM).fill(0.5)
    for (let start = 0; start < images; start += TILE) {
      const rows = Math.min(TILE, images - start)
      await session.run({ images: new runtime.Tensor('float32', empty.subarray(0, rows * DIM), [rows, DIM]), classes })
    }
  })
  const reading = await timed(() => {
    for (const numbers of tiles()) if (numbers.length === 0) throw new Error('nothing was read')
  })
  return { product, reading }
}

function vectorFiles() {
  const space = join(folder, 'spaces', SPACE)
  return readdirSync(space)
    .filter((name) => name.endsWith('.f32'))
    .sort()
    .map((name) => join(space, name))
}

async function scoring() {
  const { openInference } = await import('../dist/audit/model/inference-client.js')
  const { openMatrixProduct } = await import('../dist/audit/model/matrix-product.js')
  const { decide } = await import('../dist/audit/scoring/decide.js')
  const { crossRows } = await import('../dist/audit/scoring/cells.js')
  const { tally } = await import('../dist/audit/scoring/tally.js')
  const { storedEmbeddings } = await import('../dist/audit/embedding/stored-embeddings.js')
  const { settleStored } = await import('../dist/audit/embedding/find-stored.js')
  const { vectorFault } = await import('../dist/audit/embedding/unit-vector.js')
  const { RowHashes } = await import('../dist/audit/embedding/row-hashes.js')
  const hashes = new RowHashes(images)
  for (let image = 0; image < images; image += 1) hashes.set(image, keyOf(image))
  const labelSet = {
    id: 'drawn',
    labels: Array.from({ length: labels }, (_, label) => ({
      id: `label ${label}`,
      outcome: label % 7 === 0 ? 'crime' : 'person',
    })),
  }
  const dataset = drawnDataset()
  const vectors = classVectors()
  let space
  const opening = await timed(async () => (space = await openSpace()))
  const finding = await timed(() => findAll(space, hashes, settleStored, vectorFault))
  const rows = Array.from({ length: images }, (_, row) => row)
  const embeddings = storedEmbeddings({ hashes, usableRows: () => rows }, space)
  const inference = openInference({ threads: availableParallelism() })
  const multiply = openMatrixProduct(inference)
  await multiply(vectors.subarray(0, DIM), vectors.subarray(0, DIM), DIM) // loads ONNX Runtime
  let decisions
  const deciding = await timed(async () => {
    ;[decisions] = await decide(embeddings, [{ labelSet: 'drawn', labels, vectors }], {
      rows: images,
      multiply,
      logitScale: null,
    })
  })
  const tallying = await timed(() => {
    const crossed = crossRows(
      dataset,
      dataset.attributes.map(({ name }) => name),
    )
    tally({ evidence: 'e1', labelSet, decisions, cells: crossed, processed: () => true, nearTie: NEAR_TIE })
  })
  await inference.close()
  return { opening, finding, deciding, tallying }
}

/** What an audit does before it scores: every vector is read, held against its checksum, and looked at. */
async function findAll(space, hashes, settleStored, vectorFault) {
  let faults = 0
  const known = Array.from({ length: images }, (_, row) => ({ row, sha256: hashes.get(row) }))
  await settleStored(known, space, (row, sha256, vector) => vectorFault(vector) !== null && faults++)
  if (faults > 0) throw new Error(`${faults} vectors without a direction`)
}

/** Three attributes whose cross has so many cells. */
function drawnDataset() {
  const random = createFastRandom(3)
  const below = (count) => Math.min(count - 1, Math.floor((random.next(0.5) + 0.5) * count))
  const sizes = [7, 2, Math.max(1, Math.round(cells / 14))]
  const attributes = sizes.map((size, index) => ({
    name: `attribute ${index}`,
    values: Array.from({ length: size }, (_, value) => `value ${value}`),
    codes: Int32Array.from({ length: images }, () => below(size)),
  }))
  return { images: { length: images }, attributes }
}

/** Wall seconds, and processor seconds of all threads. */
async function timed(work) {
  const cpu = process.cpuUsage()
  const start = performance.now()
  await work()
  const wall = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(cpu)
  return { wall, cpu: (user + system) / 1e6 }
}

console.log(JSON.stringify(await { fill, bare, scoring }[what]()))
