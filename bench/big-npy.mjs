// What an audit of vectors made elsewhere needs in memory: a NumPy file of a million vectors of 512 numbers (2 GB) with a label file of as many
// rows, under 21 labels. Two runs: ids in the order of the label file, and ids in a random order. Needs 2.2 GB of disk, which is given back.
// node bench/big-npy.mjs [--rows 1000000] [--dim 512]
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createFastRandom } from './fast-random.mjs'
import { isStarted, measureNode, PROBITY, toTable } from './race-tools.mjs'

const ROWS = 1_000_000
const DIM = 512
const CHUNK_BYTES = 100_000_000
const MOST_MEGABYTES = 800
const RACES = ['White', 'Black', 'Indian', 'East Asian', 'Southeast Asian', 'Middle Eastern', 'Latino_Hispanic']
const GENDERS = ['Male', 'Female']
const AGES = ['0-2', '3-9', '10-19', '20-29', '30-39', '40-49', '50-59', '60-69', 'more than 70']

/** Runs the race and returns the rows of RESULTS.md. */
export async function race({ rows = ROWS, dim = DIM } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'probity-big-npy-'))
  try {
    const { bavail, bsize } = statfsSync(folder)
    const needed = rows * dim * 4 * 1.2
    if (bavail * bsize < needed) {
      console.error(`big-npy: skipped, ${Math.round(needed / 1e6)} MB of disk are needed`)
      return []
    }
    writeEverything(folder, rows, dim)
    const measured = ['in-order', 'shuffled'].map((ids) => ({ ids, ...audit(folder, ids) }))
    for (const { ids, wallSeconds, cpuSeconds, peakMegabytes } of measured)
      console.error(
        `${ids}: ${wallSeconds.toFixed(0)} s, ${cpuSeconds.toFixed(0)} CPU s, ${peakMegabytes.toFixed(0)} MB`,
      )
    return measured.map((one) => rowOf(one, rows, dim))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function writeEverything(folder, rows, dim) {
  const random = createFastRandom(1)
  writeNpy(join(folder, 'images.npy'), rows, dim, random)
  const name = (row) => `val/${row + 1}.jpg`
  const below = (count) => Math.min(count - 1, Math.floor((random.next(0.5) + 0.5) * count))
  const pick = (values) => values[below(values.length)]
  writeLines(join(folder, 'labels.csv'), rows + 1, (line) =>
    line === 0
      ? 'file,age,gender,race,service_test'
      : `${name(line - 1)},${pick(AGES)},${pick(GENDERS)},${pick(RACES)},True`,
  )
  writeLines(join(folder, 'in-order.txt'), rows, name)
  const order = Uint32Array.from({ length: rows }, (_, row) => row)
  for (let row = rows - 1; row > 0; row--) {
    const other = below(row + 1)
    ;[order[row], order[other]] = [order[other], order[row]]
  }
  writeLines(join(folder, 'shuffled.txt'), rows, (row) => name(order[row]))
  const prompts = LABELS.map((label) => `a photo of ${label}`)
  writeNpy(join(folder, 'prompts.npy'), prompts.length, dim, random)
  writeFileSync(join(folder, 'prompts.txt'), `${prompts.join('\n')}\n`)
  for (const ids of ['in-order', 'shuffled'])
    writeFileSync(
      join(folder, `${ids}.yaml`),
      [
        'model: drawn numbers',
        'normalised: false',
        'vectors: images.npy',
        `ids: ${ids}.txt`,
        'classVectors: { vectors: prompts.npy, prompts: prompts.txt }',
        'simulated: true',
        '',
      ].join('\n'),
    )
}

/** In chunks of 100 MB. */
function writeNpy(path, rows, dim, random) {
  const file = openSync(path, 'w')
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${dim}), }`
  const header = Buffer.alloc(128, ' ')
  header.write('\x93NUMPY\x01\x00', 'latin1')
  header.writeUInt16LE(118, 8)
  header.write(dictionary, 10)
  header.write('\n', 127)
  writeSync(file, header)
  const perChunk = Math.max(1, Math.floor(CHUNK_BYTES / (dim * 4)))
  for (let start = 0; start < rows; start += perChunk) {
    const numbers = random.fill(new Float32Array(Math.min(perChunk, rows - start) * dim), 1)
    writeSync(file, new Uint8Array(numbers.buffer))
  }
  closeSync(file)
}

function writeLines(path, count, lineOf) {
  const file = openSync(path, 'w')
  for (let start = 0; start < count; start += 50_000) {
    const lines = Array.from({ length: Math.min(50_000, count - start) }, (_, index) => lineOf(start + index))
    writeSync(file, `${lines.join('\n')}\n`)
  }
  closeSync(file)
}

function audit(folder, ids) {
  const labels = ['--dataset', 'fairface', '--labels', join(folder, 'labels.csv'), '--crop', '0.25']
  const vectors = ['--from-embeddings', join(folder, `${ids}.yaml`), '--label-set', 'clip-paper', '--no-store']
  return measureNode([PROBITY, 'audit', ...labels, ...vectors, '--out', join(folder, ids)])
}

function rowOf({ ids, wallSeconds, peakMegabytes }, rows, dim) {
  const kept = peakMegabytes < MOST_MEGABYTES ? 'kept' : '**missed**'
  return {
    what: `audit of ${rows} vectors made elsewhere, dimension ${dim}, float32 .npy of ${Math.round((rows * dim * 4) / 1e6)} MB, ids ${ids === 'shuffled' ? 'in a random order' : 'in the order of the label file'}: peak memory`,
    figure: `${peakMegabytes.toFixed(0)} MB (${wallSeconds.toFixed(0)} s); ${kept}: under ${MOST_MEGABYTES} MB`,
    against: 'the whole process with its reports, one run',
  }
}

const PEOPLE = ['white', 'black', 'latino', 'east asian', 'southeast asian', 'indian', 'middle eastern']
const article = (word) => (/^[aeiou]/.test(word) ? 'an' : 'a')
const LABELS = [
  ...PEOPLE.flatMap((race) => ['man', 'woman'].map((gender) => `${article(race)} ${race} ${gender}`)),
  ...['an animal', 'a gorilla', 'a chimpanzee', 'an orangutan', 'a thief', 'a criminal', 'a suspicious person'],
]

if (isStarted(import.meta.url)) {
  const { values } = parseArgs({ options: { rows: { type: 'string' }, dim: { type: 'string' } } })
  const numbers = Object.fromEntries(Object.entries(values).map(([name, text]) => [name, Number(text)]))
  console.log(toTable(await race(numbers)))
}
