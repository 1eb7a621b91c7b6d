// What it costs to read a table of a million rows: labels of a dataset, and decisions made elsewhere, as CSV and as Parquet, beside reading the same
// file with nothing done. Each in a process of its own, in turns; then the whole command once. Needs 250 MB of disk, which is given back.
// node bench/tables.mjs [--rows 1000000] [--rounds 3]
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createFastRandom } from './fast-random.mjs'
import { isStarted, measureNode, median, PROBITY, toTable } from './race-tools.mjs'

const ROWS = 1_000_000
const ROUNDS = 3
const ROWS_PER_GROUP = 100_000
const MOST_MEGABYTES = 800
const MOST_TIMES = 3 // of the processor time of the bare reading
const BARE = fileURLToPath(new URL('bare-table.mjs', import.meta.url))
const CONTENDER = fileURLToPath(new URL('table-contender.mjs', import.meta.url))

const RACES = ['White', 'Black', 'Indian', 'East Asian', 'Southeast Asian', 'Middle Eastern', 'Latino_Hispanic']
const GENDERS = ['Male', 'Female']
const AGES = ['0-2', '3-9', '10-19', '20-29', '30-39', '40-49', '50-59', '60-69', 'more than 70']
const LABELS = ['white-man', 'black-woman', 'indian-man', 'east-asian-woman', 'animal', 'gorilla', 'thief', 'criminal']
const OUTCOMES = { animal: 'non-human', gorilla: 'non-human', thief: 'crime', criminal: 'crime' }

/** Runs the race and returns the rows of RESULTS.md. */
export async function race({ rows = ROWS, rounds = ROUNDS } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'probity-tables-'))
  try {
    await writeTables(folder, rows)
    const taken = CONTENDERS.map(() => [])
    for (let round = 0; round < rounds; round += 1) {
      const bare = new Map(FILES.map((file) => [file, measureNode([BARE, join(folder, file)]).cpuSeconds]))
      CONTENDERS.forEach(({ files }, index) => {
        const ours = measureNode([CONTENDER, ...files.map((file) => join(folder, file))])
        const bareSeconds = files.reduce((sum, file) => sum + bare.get(file), 0)
        taken[index].push({ ...ours, bareSeconds, times: ours.cpuSeconds / bareSeconds })
        console.error(`${files.join(', ')}: ${ours.cpuSeconds.toFixed(1)} and ${bareSeconds.toFixed(1)} CPU s`)
      })
    }
    return CONTENDERS.map(({ what, files }, index) =>
      rowOf({ what: `${rows} rows: ${what}`, taken: taken[index], whole: measureNode(commandOf(folder, files)) }),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const FILES = ['csv', 'parquet'].flatMap((kind) => ['labels', 'narrow', 'decisions'].map((name) => `${name}.${kind}`))

const CONTENDERS = [
  ['csv', 'CSV'],
  ['parquet', 'Parquet'],
].flatMap(([kind, words]) => [
  { what: `a label table read into columns, ${words}`, files: [`labels.${kind}`] },
  {
    what: `the same and decisions made elsewhere, image and label alone, both ${words}`,
    files: [`labels.${kind}`, `narrow.${kind}`],
  },
  {
    what: `the same and decisions made elsewhere, eight columns as Probity writes them, both ${words}`,
    files: [`labels.${kind}`, `decisions.${kind}`],
  },
])

/** The command that a user gives for these files. */
function commandOf(folder, [labels, decisions]) {
  const dataset = ['--dataset', labels.split('.')[1], '--labels', join(folder, labels), ...MAPPED]
  if (decisions === undefined) return [PROBITY, 'dataset', 'inspect', ...dataset]
  const made = ['--from-decisions', join(folder, decisions), '--label-set', 'clip-paper']
  return [PROBITY, 'audit', ...dataset, ...made, '--no-store', '--out', join(folder, 'out')]
}

const MAPPED = ['age', 'gender', 'race'].flatMap((name) => ['--map', `${name}=${name}`])

async function writeTables(folder, rows) {
  await writeTable(join(folder, 'labels'), rows, ['file', 'age', 'gender', 'race', 'service_test'], 1, (row, pick) => [
    nameOf(row),
    pick(AGES),
    pick(GENDERS),
    pick(RACES),
    'True',
  ])
  await writeTable(join(folder, 'narrow'), rows, ['image', 'label'], 2, (row, pick) => [nameOf(row), pick(LABELS)])
  const columns = ['image', 'labelSet', 'label', 'outcome', 'similarity', 'probability', 'margin', 'runnerUp']
  await writeTable(join(folder, 'decisions'), rows, columns, 3, (row, pick, share) => {
    const [label, runnerUp] = [pick(LABELS.slice(0, 4)), pick(LABELS.slice(4))]
    const numbers = [0.2 + share() / 10, share(), share() / 10].map((value) =>
      String(Math.fround(value).toPrecision(8)),
    )
    return [nameOf(row), 'clip-paper', label, OUTCOMES[label] ?? 'person', ...numbers, runnerUp]
  })
}

const nameOf = (row) => `val/${row + 1}.jpg`

/** The same rows as CSV and as Parquet, a row group at a time. */
async function writeTable(path, rows, columns, seed, rowOf) {
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer')
  const random = createFastRandom(seed)
  const share = () => random.next(0.5) + 0.5
  const pick = (values) => values[Math.min(values.length - 1, Math.floor(share() * values.length))]
  const csv = openSync(`${path}.csv`, 'w')
  const parquet = openSync(`${path}.parquet`, 'w')
  const bytes = new ByteWriter()
  const writer = new ParquetWriter({ writer: bytes, schema: schemaOf(columns) })
  const flush = () => {
    writeSync(parquet, bytes.getBytes())
    bytes.index = 0
  }
  writeSync(csv, `${columns.join(',')}\n`)
  for (let start = 0; start < rows; start += ROWS_PER_GROUP) {
    const group = Array.from({ length: Math.min(ROWS_PER_GROUP, rows - start) }, (_, row) =>
      rowOf(start + row, pick, share),
    )
    writeSync(csv, `${group.map((cells) => cells.join(',')).join('\n')}\n`)
    const columnData = columns.map((name, index) => ({
      name,
      data: group.map((cells) => asStored(name, cells[index])),
    }))
    await writer.write({ columnData, rowGroupSize: ROWS_PER_GROUP })
    flush()
  }
  await writer.finish()
  flush()
  closeSync(csv)
  closeSync(parquet)
}

const NUMBERS = ['similarity', 'probability', 'margin']

function asStored(name, cell) {
  return NUMBERS.includes(name) ? Number(cell) : cell
}

function schemaOf(columns) {
  const leaves = columns.map((name) => ({
    name,
    repetition_type: 'REQUIRED',
    ...(NUMBERS.includes(name) ? { type: 'DOUBLE' } : { type: 'BYTE_ARRAY', converted_type: 'UTF8' }),
  }))
  return [{ name: 'root', num_children: leaves.length }, ...leaves]
}

function rowOf({ what, taken, whole }) {
  const times = median(taken.map((one) => one.times))
  const [ours, bare] = ['cpuSeconds', 'bareSeconds'].map((key) => median(taken.map((one) => one[key])).toFixed(1))
  const peaks = [Math.max(...taken.map(({ peakMegabytes }) => peakMegabytes)), whole.peakMegabytes]
  const kept = (isKept) => (isKept ? 'kept' : '**missed**')
  return {
    what,
    figure: `${times.toFixed(2)} times the CPU time (${ours} and ${bare} CPU s); ${kept(times <= MOST_TIMES)}: at most ${MOST_TIMES} times. Peak ${peaks[0].toFixed(0)} MB, the whole command ${peaks[1].toFixed(0)} MB (${whole.cpuSeconds.toFixed(0)} CPU s); ${kept(Math.max(...peaks) < MOST_MEGABYTES)}: under ${MOST_MEGABYTES} MB`,
    against: `csv-parse or hyparquet reading the same files with nothing done, in turns, ${taken.length} rounds, medians`,
  }
}

if (isStarted(import.meta.url)) {
  const { values } = parseArgs({ options: { rows: { type: 'string' }, rounds: { type: 'string' } } })
  const numbers = Object.fromEntries(Object.entries(values).map(([name, text]) => [name, Number(text)]))
  console.log(toTable(await race(numbers)))
}
