import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readTemplateFamily } from '../../src/audit/definitions/shipped.js'
import { readDataset } from '../../src/audit/dataset/read-dataset.js'
import { ProbityError } from '../../src/audit/errors.js'
import { runVerify } from '../../src/audit/run-verify.js'
import { createRandom, type Random } from '../../src/audit/statistics/random.js'
import type { Dataset } from '../../src/audit/types/dataset.js'
import { DECISIONS, JSONL, LABELS, LABEL_SET, PLAN, POLICY, PROBE, ROWS, textAudit } from '../bad-inputs/text-audit.js'
import { spoilText, type Spoilt } from './spoil-text.js'
import { settle, TORTURE_SEED, tries } from './torture.js'

const { folder, file, audit, plan } = textAudit()
const FAMILY = `id: photos
title: Photos
source: ours
note: of people
templates:
  - "a photo of {label}"
  - "a bad photo of {label}"
`
file('photos.yaml', FAMILY)
const LONGEST = 5_000 // milliseconds of work
const HOURS = 3_600_000

/** What is wrong with how a spoilt text was taken; null where it was refused as it should be, or read without harm. */
async function taken(name: string, spoilt: Spoilt, read: () => Promise<string | null>): Promise<string | null> {
  file(name, spoilt.bytes)
  const before = process.cpuUsage()
  const found = await read().catch((error: unknown) => notARefusal(error, name))
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000 > LONGEST ? 'it took too long' : found
}

/** A refusal names the file, in one line for each fault, and says nothing to a terminal. */
function notARefusal(error: unknown, name: string): string | null {
  if (!(error instanceof ProbityError)) return `no refusal: ${error instanceof Error ? error.stack : String(error)}`
  const lines = error.message.split('\n')
  const isPlain = lines.every((line) => /: .*expected .* but received |^\.\.\. and \d+ more$/.test(line))
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  if (!isPlain || /[\0-\t\v-\u001f\u007f-\u009f\u200b\u202e\ufeff]/.test(error.message))
    return `not plain: ${error.message}`
  return error.message.includes(name) || NAMED_OTHERWISE.test(error.message) ? null : `no file named: ${error.message}`
}

/** Where a sound file contradicts a spoilt one, the message may name the sound one, or what the run as a whole lacks; where a plan asks for a
 *  file or a column that is not there, it names what was asked for. */
const NAMED_OTHERWISE =
  /\b(?:decisions\.csv|command line|plan\.yaml|apes|mine)\b|: map "\w+": expected a column|received a path where nothing is/

/** Rows of which no byte was touched and that are not read as they were. `lines` are those of the whole text, `row` what each says. */
function altered(dataset: Dataset, spoilt: Spoilt, rows: readonly Row[]): string[] {
  const placed = new Map(dataset.images.map((image, index) => [image, index] as const))
  return rows.flatMap(({ line, file: image, values }) => {
    if (!spoilt.isWhole(line)) return []
    const index = placed.get(image)
    const read = dataset.attributes.map(({ name, values: known, codes }) => [name, index === undefined ? null : known[codes[index]]]) // prettier-ignore
    return index !== undefined && read.every(([name, value]) => value === values[String(name)]) ? [] : [line]
  })
}

type Row = { readonly line: string; readonly file: string; readonly values: Readonly<Record<string, string>> }

const CSV_ROWS: Row[] = LABELS.trimEnd().split('\n').slice(1).map((line) => {
  const [image, race, gender] = line.split(',')
  return { line, file: image, values: { race, gender } }
}) // prettier-ignore
const JSON_ROWS: Row[] = JSONL.trimEnd().split('\n').map((line) => {
  const { file: image, ...values } = JSON.parse(line) as { file: string; race: string; gender: string }
  return { line, file: image, values }
}) // prettier-ignore

async function torture(
  fault: string,
  count: number,
  once: (random: Random) => Promise<{ readonly wrong: string | null; readonly lost: number }>,
) {
  // prettier-ignore
  const random = createRandom(TORTURE_SEED, fault)
  let [lost, wrong] = [0, 0]
  for (let tried = 0; tried < count; tried++) {
    const result = await once(random)
    lost += result.lost
    if (result.wrong === null && result.lost === 0) continue
    if (result.wrong !== null) wrong++
    process.stderr.write(`${fault}, try ${tried}: ${result.wrong ?? `${result.lost} rows lost or altered`}\n`)
  }
  settle({ where: 'text', fault, tried: count, lost, wrong })
}

describe('texts that were damaged on their way', () => {
  it('takes no row of a damaged label file for another', { timeout: HOURS }, async () => {
    await torture('one thing done to a label file (CSV, JSON lines)', tries(400, 20_000), async (random) => {
      const isCsv = random.below(2) === 0
      const [name, text, rows] = isCsv ? (['labels.csv', LABELS, CSV_ROWS] as const) : (['labels.jsonl', JSONL, JSON_ROWS] as const) // prettier-ignore
      const spoilt = spoilText(text, random)
      const header = LABELS.slice(0, LABELS.indexOf('\n'))
      let lost = 0
      const wrong = await taken(name, spoilt, async () => {
        const { dataset: asked } = plan({ dataset: isCsv ? 'csv' : 'jsonl', labels: join(folder, name) })
        const dataset = await readDataset(asked)
        const touched = altered(dataset, spoilt, rows)
        // another header gives every row another meaning, and was read as it stands
        if (!isCsv || spoilt.isWhole(header)) lost = touched.length
        return rowsIn(dataset, spoilt)
      })
      file('labels.csv', LABELS)
      return { wrong: wrong === null ? null : `${spoilt.how}: ${wrong}`, lost }
    })
  })

  it('draws nothing from damaged decisions and definitions that does not add up', { timeout: HOURS }, async () => {
    const texts = { 'decisions.csv': DECISIONS, 'mine.yaml': LABEL_SET, 'apes.yaml': PROBE, 'strict.yaml': POLICY, 'plan.yaml': PLAN, 'photos.yaml': FAMILY } // prettier-ignore
    const names = Object.keys(texts) as (keyof typeof texts)[]
    await torture(
      'one thing done to decisions, a label set, a probe, a policy, a plan or a template family',
      tries(60, 3_000),
      async (random) => {
        // prettier-ignore
        const name = names[random.below(names.length)]
        const spoilt = spoilText(texts[name], random)
        let lost = 0
        const wrong = await taken(name, spoilt, async () => {
          if (name === 'photos.yaml') return (readTemplateFamily(join(folder, name)), null)
          const result = await audit('plan')
          const { rows } = result.facts.dataset
          lost = Math.abs(ROWS - (rows.processed + rows.quarantined + rows.excluded)) + Math.abs(ROWS - rows.in)
          const failed = runVerify(result).filter(({ holds }) => !holds)
          return failed.length === 0 ? null : `does not verify: ${failed.map(({ what }) => what).join('; ')}`
        })
        file(name, texts[name])
        return { wrong: wrong === null ? null : `${name}, ${spoilt.how}: ${wrong}`, lost }
      },
    )
  })
})

/** As many rows as the text has lines that are not its header: nothing may vanish between them. */
function rowsIn(dataset: Dataset, { bytes }: Spoilt): string | null {
  const isSixteen = bytes[0] === 0xff && bytes[1] === 0xfe
  const text = bytes.toString(isSixteen ? 'utf16le' : 'utf8').replace(/^\ufeff/, '')
  if (text.includes('"') && !text.includes('{')) return null // lines may belong to one row
  const lines =
    text.split('\n').filter((line) => line.trim() !== '').length - (text.trimStart().startsWith('{') ? 0 : 1)
  return lines === dataset.images.length ? null : `${lines} lines, ${dataset.images.length} rows`
}

it('would see a row that is read as another', () => {
  const dataset = { images: ['i0.jpg'], attributes: [{ name: 'race', values: ['White'], codes: Uint16Array.of(0) }] }
  const untouched: Spoilt = { how: 'nothing', bytes: Buffer.from(LABELS), isWhole: (line) => line === CSV_ROWS[0].line }
  expect(altered(dataset as unknown as Dataset, untouched, CSV_ROWS)).toEqual([CSV_ROWS[0].line])
})
