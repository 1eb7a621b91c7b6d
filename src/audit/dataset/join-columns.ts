import { basename } from 'node:path'
import { DatasetError, quoted } from '../errors.js'
import type { Fault } from '../errors.js'
import type { SourceFile } from '../types/dataset.js'
import type { DatasetPlan } from '../types/definitions.js'
import { openCsv } from './csv.js'
import { unmarked } from './csv-out.js'
import { imageKey } from './image-key.js'
import { IMAGE, SUBJECT, type AttributeLayout } from './layout.js'
import { noRows, type LabelTable } from './label-table.js'
import { collectSpellings } from './spellings.js'
import type { Spellings } from './spellings.js'
import { MOST_FAULTS, fault, quotedList, refuse } from './refusals.js'

/** A file whose columns are joined to the label file by image name. */
export type OpenJoin = { readonly file: string; readonly table: LabelTable; readonly map: DatasetPlan['map'] }

/** One attribute that a joined file holds, as if it stood in the label file: '' where the joined file does not have the image. */
export type JoinedColumn = {
  readonly at: string
  readonly layout: AttributeLayout
  readonly spellings: Spellings
}

/** Opens the files to be joined, and divides the plan's map between them and the label file: a column that the label file does not have, and
 *  one of them does, is theirs. Throws DatasetError where two files have the column, and where a file has none that is mapped. */
export async function openJoins(
  plan: DatasetPlan,
  labels: Pick<LabelTable, 'header'>,
): Promise<{ readonly own: DatasetPlan; readonly joins: readonly OpenJoin[] }> {
  const files = plan.join ?? []
  if (files.length === 0) return { own: plan, joins: [] }
  const tables: { file: string; table: LabelTable }[] = []
  for (const file of files) tables.push({ file, table: await openCsv(file) })
  const faults: Fault[] = []
  const joined = new Map<string, DatasetPlan['map'][number][]>()
  const own = plan.map.filter((entry) => {
    if (entry.attribute === IMAGE || entry.attribute === SUBJECT) return true
    const holders = tables.filter(({ table }) => table.header.includes(entry.column)).map(({ file }) => file)
    const all = labels.header.includes(entry.column) ? [plan.labels, ...holders] : holders
    if (holders.length > 0 && all.length > 1) faults.push(inSeveral(entry, all))
    if (all.length !== 1 || holders.length !== 1) return true
    joined.set(holders[0], [...(joined.get(holders[0]) ?? []), entry])
    return false
  })
  const joins = tables.map(({ file, table }) => ({ file, table, map: joined.get(file) ?? [] }))
  if (faults.length === 0) faults.push(...joins.filter(({ map }) => map.length === 0).map(nothingOf))
  refuse('dataset.join', faults)
  return { own: { ...plan, map: own }, joins }
}

/** Reads the mapped columns of one file and lays them along the rows of the label file. Throws DatasetError with the lines for an image that
 *  the label file does not have, and for one that comes twice. */
export async function readJoin(
  { file, table, map }: OpenJoin,
  images: readonly string[],
): Promise<{ readonly columns: readonly JoinedColumn[]; readonly source: SourceFile }> {
  const known = new Set(images.map(imageKey))
  const cellsOf = new Map<string, { readonly line: number; readonly cells: readonly string[] }>()
  const faults: Fault[] = []
  const image = imageColumn(file, table.header)
  for await (const { line, cells } of table.rows([image, ...map.map(({ column }) => column)])) {
    const [name, ...values] = cells.map(unmarked)
    const key = imageKey(name)
    const before = cellsOf.get(key)
    if (before !== undefined) faults.push(twice(`${file}:${line}`, name, before.line))
    else if (!known.has(key)) faults.push(strange(`${file}:${line}`, name))
    else cellsOf.set(key, { line, cells: values })
    if (faults.length === MOST_FAULTS) break
  }
  refuse('dataset.join', faults)
  if (cellsOf.size === 0) throw new DatasetError('table.empty', noRows(file))
  const found = images.map((name) => cellsOf.get(imageKey(name)) ?? null)
  return {
    columns: map.map(({ attribute, column }, index) => ({
      at: file,
      layout: { name: attribute, column, labelledBy: 'unknown', declared: null },
      spellings: spellingsOf(found.map((row) => ({ text: row?.cells[index] ?? '', line: row?.line ?? 1 }))),
    })),
    source: { file: basename(file), sha256: table.sha256(), rows: cellsOf.size },
  }
}

const IMAGE_COLUMNS = ['image', 'file', 'file_name']

function imageColumn(file: string, header: readonly string[]): string {
  const found = IMAGE_COLUMNS.filter((column) => header.includes(column))
  if (found.length === 1) return found[0]
  throw new DatasetError('dataset.join', {
    at: `${file}:1`,
    field: 'header',
    expected: 'one column called image, file or file_name',
    received: `the columns ${quotedList(header)}`,
  })
}

function spellingsOf(cells: readonly { readonly text: string; readonly line: number }[]): Spellings {
  const { add, spellings } = collectSpellings()
  for (const { text, line } of cells) add(text, line)
  return spellings()
}

function inSeveral({ attribute, column }: DatasetPlan['map'][number], files: readonly string[]): Fault {
  return fault({
    at: files[0],
    field: `map ${quoted(attribute)}`,
    expected: `one file with a column ${quoted(column)}`,
    received: quotedList(files.map((file) => basename(file))),
    hint: 'Rename the column in one of them',
  })
}

function nothingOf({ file, table }: OpenJoin): Fault {
  return fault({
    at: file,
    field: 'join',
    expected: 'at least one attribute mapped to a column of this file',
    received: 'none',
    hint: `Add for example --map overlap=overlap; the columns are ${quotedList(table.header)}`,
  })
}

function twice(at: string, name: string, line: number): Fault {
  const expected = `one row for ${quoted(name)}`
  return fault({ at, field: 'image', expected, received: `a second one, after line ${line}` })
}

function strange(at: string, name: string): Fault {
  return fault({ at, field: 'image', expected: 'an image of the label file', received: quoted(name) })
}
