// One contender of the race of specification curves; prints what it took as JSON.
// node curve-contender.mjs <fill|bare|curve> <store folder> <images> <specifications> <draws>
import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { performance } from 'node:perf_hooks'
import { openBareProduct } from './bare-product.mjs'

const [what, folder, ...sizes] = process.argv.slice(2)
const [images, specifications, draws] = sizes.map(Number)
const DIM = 512
const LABELS = 21 // the label set of the CLIP paper: 14 people, 4 animals, 3 of crime
const OUTCOMES = [
  { id: 'non-human', first: 14, last: 17 },
  { id: 'crime', first: 18, last: 20 },
  { id: 'flagged', first: 14, last: 20 },
]
const GROUPINGS = [7, 2, 9, 2] // race, gender, age, and under 20 or not
const TILE = 512 // images of one bare product: its output is 43 MB
const SPACE = 'a'.repeat(64)

const { createRandom } = await import('../dist/audit/statistics/random.js')
const keyOf = (image) => createHash('sha256').update(`image ${image}`).digest('hex')

/** Unit vectors without a pattern: sums of uniform numbers are near enough to normal ones. */
function unitVectors(count, stream) {
  const random = createRandom(1, stream)
  const vectors = new Float32Array(count * DIM)
  for (let index = 0; index < vectors.length; index += 1) {
    vectors[index] = (random.next() + random.next() + random.next()) / 2 ** 31 - 3
  }
  for (let start = 0; start < vectors.length; start += DIM) {
    const vector = vectors.subarray(start, start + DIM)
    const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
    vector.forEach((value, place) => (vector[place] = value / length))
  }
  return vectors
}

async function openSpace() {
  const { openStore } = await import('../dist/audit/store/open-store.js')
  return openStore({ folder, now: Date.now, onNotice: ({ kind }) => console.error(kind) }).openSpace(SPACE, DIM, {})
}

async function fill() {
  const vectors = unitVectors(images, 'images')
  const space = await openSpace()
  await space.startWriting({ batch: 32 }, { onWait: () => undefined })
  for (let start = 0; start < images; start += 500) {
    const records = Array.from({ length: Math.min(500, images - start) }, (_, place) => {
      const image = start + place
      return { key: keyOf(image), note: 0, vector: vectors.slice(image * DIM, (image + 1) * DIM) }
    })
    await space.append(records)
  }
  await space.finishWriting()
}

/** The floor: only the product of images and all labels of all specifications, operands in place, output thrown away. */
async function bare() {
  const { runtime, session } = await openBareProduct()
  const columns = specifications * LABELS
  const classes = new runtime.Tensor('float32', unitVectors(columns, 'classes'), [DIM, columns]) // what stands where does not matter
  const vectors = unitVectors(images, 'images')
  const product = await timed(async () => {
    for (let start = 0; start < images; start += TILE) {
      const tile = vectors.subarray(start * DIM, Math.min(start + TILE, images) * DIM)
      await session.run({ images: new runtime.Tensor('float32', tile, [tile.length / DIM, DIM]), classes })
    }
  })
  return { product }
}

/** Stored vectors to decisions and counts by group, as `probity curve` does it, no class vector shared; then the joint null. */
async function curve() {
  const { openInference } = await import('../dist/audit/model/inference-client.js')
  const { openMatrixProduct } = await import('../dist/audit/model/matrix-product.js')
  const { decideSpecifications } = await import('../dist/audit/scoring/decide-specifications.js')
  const { storedEmbeddings } = await import('../dist/audit/embedding/stored-embeddings.js')
  const { createGroupCounter, orderByGroup } = await import('../dist/audit/designs/curve/group-counts.js')
  const { jointNull } = await import('../dist/audit/designs/curve/joint-null.js')
  const inference = openInference({ threads: availableParallelism() })
  const hashes = Array.from({ length: images }, (_, image) => keyOf(image))
  const embeddings = storedEmbeddings({ hashes, usableRows: () => hashes.keys() }, await openSpace())
  const columns = Int32Array.from({ length: specifications * LABELS }, (_, place) => place)
  const designs = {
    vectors: unitVectors(columns.length, 'classes'),
    columns,
    starts: Int32Array.from({ length: specifications + 1 }, (_, design) => design * LABELS),
    inside: Uint8Array.from(
      OUTCOMES.flatMap(({ first, last }) =>
        Array.from(columns, (place) => (place % LABELS >= first && place % LABELS <= last ? 1 : 0)),
      ),
    ),
    outcomes: OUTCOMES.length,
    specifications: Array.from({ length: specifications }, (_, design) => [design]),
  }
  const random = createRandom(1, 'groups')
  const groupings = GROUPINGS.map((groups) => ({
    groups,
    groupOf: Int32Array.from({ length: images }, () => random.below(groups)),
  }))
  let bits
  const decisions = await timed(async () => {
    bits = await decideSpecifications(embeddings, designs, openMatrixProduct(inference))
    for (const { groups, groupOf } of groupings) {
      const members = orderByGroup(groupOf, groups)
      createGroupCounter(bits, members).write(members.order)
    }
  })
  await inference.close()
  const margin = { difference: 0.01, ratio: 1.25 }
  const chance = await timed(() => {
    for (const { groups, groupOf } of groupings) jointNull({ bits, groupOf, groups, margin, draws, random })
  })
  return { decisions, chance }
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

const taken = await { fill, bare, curve }[what]()
console.log(JSON.stringify(taken ?? {}))
