// What keeping vectors costs: 100,000 of 512 numbers written by key and read back by key, beside a plain file with the same bytes.
// node bench/store.mjs [--rounds 3] [--vectors 100000]
import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { isStarted, median, toTable } from './race-tools.mjs'

const DIM = 512
const VECTORS = 100_000
const ROUNDS = 3
const BATCH = 32 // vectors stored at a time, as an audit does
const TILE = 2048 // vectors read at a time, as scoring does
const MOST_SECONDS = 3 // what the issue "Embed once, audit often" allows for both together

/** Runs the race and returns the row of RESULTS.md. */
export async function race({ rounds = ROUNDS, vectors = VECTORS } = {}) {
  const keys = Array.from({ length: vectors }, (_, index) =>
    createHash('sha256').update(`vector ${index}`).digest('hex'),
  )
  const numbers = Float32Array.from({ length: vectors + DIM }, (_, index) => Math.sin(index * 12.9898))
  const vectorOf = (index) => numbers.subarray(index, index + DIM) // each differs from every other, and none is kept twice
  const runs = []
  for (let round = 0; round < rounds; round += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'probity-store-race-'))
    try {
      const store = await timeStore(join(folder, 'store'), keys, vectorOf)
      const plain = timePlainFile(join(folder, 'plain'), vectors, vectorOf)
      runs.push({ store, plain })
      console.error(
        `round ${round + 1}: store ${store.write.toFixed(2)} + ${store.read.toFixed(2)} s, plain file ${plain.toFixed(2)} s`,
      )
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  const seconds = median(runs.map(({ store }) => store.write + store.read))
  const ratio = median(runs.map(({ store, plain }) => (store.write + store.read) / plain))
  const limit = `${seconds < MOST_SECONDS ? 'kept' : '**missed**'}: under ${MOST_SECONDS} s`
  return [
    {
      what: `${vectors} vectors of ${DIM} written and read back by key, every checksum held`,
      figure: `${ratio.toFixed(1)} times (${seconds.toFixed(2)} s); ${limit}`,
      against: `the same bytes to one plain file and back, synced once, ${rounds} rounds, medians`,
    },
  ]
}

async function timeStore(folder, keys, vectorOf) {
  const { openStore } = await import('../dist/audit/store/open-store.js')
  const notices = []
  const open = () =>
    openStore({ folder, now: Date.now, onNotice: (notice) => notices.push(notice) }).openSpace('a'.repeat(64), DIM, {})
  const start = performance.now()
  const writing = await open()
  await writing.startWriting({ batch: BATCH }, { onWait: () => undefined })
  for (let index = 0; index < keys.length; index += BATCH) {
    const records = keys
      .slice(index, index + BATCH)
      .map((key, place) => ({ key, note: 0, vector: vectorOf(index + place) }))
    await writing.append(records)
  }
  await writing.finishWriting()
  const written = performance.now()
  const reading = await open()
  let wrong = 0
  for (let index = 0; index < keys.length; index += TILE) {
    const missing = await reading.read(keys.slice(index, index + TILE), (place, vector) => {
      if (vector[7] !== vectorOf(index + place)[7]) wrong += 1
    })
    wrong += missing.length
  }
  if (wrong > 0 || notices.length > 0)
    throw new Error(`${wrong} vectors did not come back; notices: ${JSON.stringify(notices)}`)
  return { write: (written - start) / 1000, read: (performance.now() - written) / 1000 }
}

function timePlainFile(path, vectors, vectorOf) {
  const start = performance.now()
  const batch = new Float32Array(BATCH * DIM)
  const bytes = new Uint8Array(batch.buffer)
  const written = openSync(path, 'w')
  for (let index = 0; index < vectors; index += BATCH) {
    for (let place = 0; place < BATCH; place += 1) batch.set(vectorOf(index + place), place * DIM)
    writeSync(written, bytes)
  }
  fsyncSync(written)
  closeSync(written)
  const read = openSync(path, 'r')
  const tile = new Uint8Array(TILE * DIM * Float32Array.BYTES_PER_ELEMENT)
  while (readSync(read, tile) > 0);
  closeSync(read)
  return (performance.now() - start) / 1000
}

if (isStarted(import.meta.url)) {
  const { values } = parseArgs({ options: { rounds: { type: 'string' }, vectors: { type: 'string' } } })
  console.log(
    toTable(await race({ rounds: Number(values.rounds ?? ROUNDS), vectors: Number(values.vectors ?? VECTORS) })),
  )
}
