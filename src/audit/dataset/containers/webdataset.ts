import { DatasetError, quoted } from '../../errors.js'
import type { DatasetPlan } from '../../types/definitions.js'
import type { JsonObject } from '../json-object.js'
import { columnText, keysOf, parseLine } from '../jsonl.js'
import { missingColumn, noRows } from '../label-table.js'
import type { LabelTable, TableRow } from '../label-table.js'
import { IMAGE, mappedColumn, mappedLayout } from '../layout.js'
import type { Layout } from '../layout.js'
import { placedRows } from '../placed-rows.js'
import { fault } from '../refusals.js'
import { readClassList } from './class-list.js'
import type { ClassList } from './class-list.js'
import { joinedSha256 } from './container-file.js'
import { readIntegerVector } from './integer-vector.js'
import { readSamples, skippedWarning } from './tar-samples.js'
import type { TarLedger, TarSample } from './tar-samples.js'
import { tarShards } from './tar-shards.js'

/** The column with the name of the image of each sample. */
export const MEMBER = '__key__'

/** The vectors of DataComp's fairness sets. Source: mlfoundations/datacomp, eval_utils/fairness_eval.py. */
const OBJECTIVES = ['age', 'gender', 'race', 'race_binary']
const BY_CLASS = ['cls', 'npy']

/**
 * Opens the tar files of a WebDataset as one table of text. Every key is a row; its image stays where it lies. Columns: `__key__` (the name of the image),
 * the keys of `.json` members, nested ones dotted, `cls`, `txt`, and of `.npy` members the objectives of DataComp. Integers of `.cls` and `.npy` become
 * the names of `classnames.txt`. Lines are keys, counted from 1 over all files.
 */
export async function openWebDataset(plan: DatasetPlan, hidesCells: boolean): Promise<LabelTable> {
  const { paths, folders } = await tarShards(plan.labels)
  const classes = await readClassList(folders)
  const ledger: TarLedger = { sources: [], containers: new Map(), skipped: new Map() }
  const samples = readSamples(paths, ledger)
  const head = await samples.next()
  if (head.done === true) throw new DatasetError('table.empty', noRows(plan.labels))
  const bareIntegers = new Set<string>()
  const desk = { classes, bareIntegers, said: hidesCells ? () => 'something else' : quoted }
  const first = fieldsOf(head.value, desk)
  const sources = () => [...ledger.sources, ...(classes.source === null ? [] : [classes.source])]
  const table: LabelTable = {
    header: [MEMBER, ...first.header],
    headerIsComplete: false,
    bareIntegers: () => [...bareIntegers],
    rows: (columns) =>
      rowsOf(head.value, samples, columns, { ...desk, at: plan.labels, opensImages: plan.images !== null }),
    sha256: () => joinedSha256(sources()),
    sources,
    warnings: () => skippedWarning(ledger),
    containers: () => ledger.containers,
  }
  return placedRows(table, withImage(plan, MEMBER))
}

/** The plan's map, with the image from the members unless the plan makes its name otherwise. */
export function webDatasetLayout(plan: DatasetPlan, table: LabelTable): Layout {
  return mappedLayout(withImage(plan, MEMBER), table)
}

/** A plan that maps the image to this column, where it maps none. */
export function withImage(plan: DatasetPlan, column: string): DatasetPlan {
  return mappedColumn(plan, IMAGE) === null ? { ...plan, map: [...plan.map, { attribute: IMAGE, column }] } : plan
}

/** `bareIntegers`: columns of integers that nobody names, of all samples so far. */
type Desk = {
  readonly classes: ClassList
  readonly bareIntegers: Set<string>
  readonly said: (value: unknown) => string
}

/** What the members of a sample say: columns by name. */
type Fields = {
  readonly header: readonly string[]
  readonly cell: (column: string, seen: Set<string>) => string
}

function fieldsOf(sample: TarSample, { classes, bareIntegers, said }: Desk): Fields {
  const at = `${sample.shard}: ${sample.key}`
  const texts = new Map<string, string>()
  const addClass = (column: string, text: string, names: readonly string[] | null): void => {
    const isInteger = /^-?\d+$/.test(text)
    if (isInteger && names === null) bareIntegers.add(column)
    texts.set(column, isInteger && names !== null ? className(Number(text), names, { at, column }) : text)
  }
  const textOf = (ending: string): string | null => sample.fields.get(ending)?.toString('utf8') ?? null
  const cls = textOf('cls')
  if (cls !== null) addClass('cls', cls.trim(), classes.namesOf(null))
  const txt = textOf('txt')
  if (txt !== null) texts.set('txt', txt.trim())
  const npy = sample.fields.get('npy')
  if (npy !== undefined)
    for (const [column, value] of vectorOf(npy, classes, at)) addClass(column, String(value), classes.namesOf(classes.objectives.length > 0 ? column : null)) // prettier-ignore
  const json = textOf('json')
  const object: JsonObject = json === null ? {} : parseLine(json, at, said)
  return {
    header: [...texts.keys(), ...keysOf(object)],
    cell: (column, seen) => {
      const text = texts.get(column)
      if (text !== undefined) seen.add(column)
      return text ?? columnText(object, column, seen, { at, said })
    },
  }
}

/** One integer is a class; four are DataComp's where `classnames.txt` has its objectives. */
function vectorOf(content: Buffer, { objectives }: ClassList, at: string): (readonly [string, number])[] {
  const vector = readIntegerVector(content)
  const columns = objectives.length > 0 ? OBJECTIVES : BY_CLASS.slice(1)
  if (vector !== null && vector.length === columns.length) return vector.map((value, index) => [columns[index], value] as const) // prettier-ignore
  throw new DatasetError('tar.vector', {
    at,
    field: '.npy',
    expected: objectives.length > 0 ? `integers for ${columns.join(', ')}` : 'one integer',
    received: vector === null ? 'something else' : `${vector.length} integers`,
    hint: 'Write annotations as .json members',
  })
}

function className(
  value: number,
  names: readonly string[],
  { at, column }: { readonly at: string; readonly column: string },
): string {
  if (value < 0) return ''
  if (value < names.length) return names[value]
  throw new DatasetError(
    'value.class',
    fault({
      at,
      field: quoted(column),
      expected: `an integer from 0 to ${names.length - 1}, which classnames.txt names, or -1 for none`,
      received: String(value),
      hint: 'Take the classnames.txt that belongs to these files',
    }),
  )
}

const NO_IMAGE = { code: 'image.missing', reason: 'the key has no .jpg, .png or .webp member' }

async function* rowsOf(
  first: TarSample,
  rest: AsyncGenerator<TarSample, void>,
  columns: readonly string[],
  { at, opensImages, ...desk }: Desk & { readonly at: string; readonly opensImages: boolean },
): AsyncGenerator<TableRow, void> {
  const seen = new Set<string>([MEMBER])
  const known = new Set<string>([MEMBER])
  const row = (sample: TarSample, line: number): TableRow => {
    const { cell, header } = fieldsOf(sample, desk)
    if (known.size < 200) for (const name of header) known.add(name) // only for the message below
    const { image, shard, key } = sample
    const cells = columns.map((column) => (column === MEMBER ? (image?.name ?? key) : cell(column, seen)))
    if (image === null) return opensImages ? { line, cells, quarantined: NO_IMAGE } : { line, cells }
    return { line, cells, inside: { path: shard, member: { kind: 'bytes', ...image } } }
  }
  let line = 1
  yield row(first, line)
  for await (const sample of rest) yield row(sample, ++line)
  const missing = columns.find((column) => !seen.has(column))
  if (missing !== undefined) throw new DatasetError('table.column', missingColumn(at, 'columns', missing, [...known]))
}
