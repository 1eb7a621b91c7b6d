import { basename, dirname } from 'node:path'
import { DatasetError, quoted } from '../../errors.js'
import type { SourceFile } from '../../types/dataset.js'
import type { DatasetPlan } from '../../types/definitions.js'
import { withComputed } from '../computed-columns.js'
import { openCsv } from '../csv.js'
import type { LabelTable, TableRow } from '../label-table.js'
import type { AttributeLayout, Layout } from '../layout.js'
import { openText } from '../text-file.js'
import { textLines } from '../text-lines.js'
import { IDENTITY, SPLIT, SPLITS, readBeside } from './celeba-beside.js'
import { declaredAttribute, namedLayout } from './named-layout.js'

const FILE = 'file'
const CSV_FILE = 'image_id' // what the usual CSV copy calls it

/** The labels of CelebA, list_attr_celeba.txt or its usual CSV copy, with identities and split from the files that lie beside it under their own
 *  names. Throws DatasetError. */
export async function openCelebA(plan: DatasetPlan): Promise<LabelTable> {
  const table = await openLabels(plan)
  const beside = await readBeside(dirname(plan.labels))
  const columns = beside.map(({ column, valueOf }) => ({ name: column, from: [FILE], value: ([file]: readonly string[]) => valueOf.get(file) ?? '' })) // prettier-ignore
  const read = withComputed(table, columns)
  let rows = 0
  const own = (): SourceFile => ({ file: basename(plan.labels), sha256: table.sha256(), rows })
  return {
    ...read,
    rows: async function* (asked) {
      for await (const row of read.rows(asked)) {
        rows++
        yield row
      }
    },
    sources: () => [own(), ...beside.map(({ source }) => source)],
    warnings: () => (beside.some(({ column }) => column === IDENTITY) ? [] : [NO_IDENTITIES]),
  }
}

const NO_IDENTITIES = {
  code: 'celeba.no-identities',
  count: 1,
  message: 'identity_CelebA.txt is not beside the labels: images of one person are taken as independent of each other',
}

async function openLabels({ labels, reading }: DatasetPlan): Promise<LabelTable> {
  const text = await openText(labels, reading?.encoding)
  const lines = textLines(text.chunks, labels)
  const first = (await lines.next()).value?.text ?? ''
  if (first.includes(',')) {
    await lines.return()
    const table = await openCsv(labels, reading)
    return table.header.includes(CSV_FILE) ? withComputed(table, [{ name: FILE, from: [CSV_FILE], value: ([name]) => name }]) : table // prettier-ignore
  }
  if (!/^\d+$/.test(first.trim())) throw notCelebA(labels, first)
  const names = fieldsOf((await lines.next()).value?.text ?? '')
  const header = [FILE, ...names]
  return {
    header,
    headerIsComplete: true,
    rows: (columns) => rowsOf(lines, { header, columns, total: Number(first), at: labels }),
    sha256: text.sha256,
  }
}

async function* rowsOf(
  lines: ReturnType<typeof textLines>,
  table: { readonly header: readonly string[]; readonly columns: readonly string[]; readonly total: number; readonly at: string }, // prettier-ignore
): AsyncGenerator<TableRow, void> {
  const { header, columns, total, at } = table
  const places = columns.map((column) => header.indexOf(column))
  let rows = 0
  for await (const { line, text } of lines) {
    const fields = fieldsOf(text)
    if (fields.length !== header.length) throw otherWidth(`${at}:${line}`, header.length, fields.length)
    rows++
    yield { line, cells: places.map((place) => fields[place]) }
  }
  if (rows !== total) throw otherLength(at, total, rows)
}

/** Columns are padded with runs of spaces. */
function fieldsOf(line: string): string[] {
  return line.split(/ +/).filter((field) => field !== '')
}

function notCelebA(at: string, first: string): DatasetError {
  return new DatasetError('celeba.header', {
    at: `${at}:1`,
    expected: 'the number of images, as in list_attr_celeba.txt, or a header with image_id, as in list_attr_celeba.csv',
    received: quoted(first),
    hint: 'Name list_attr_celeba.txt with --labels; identity_CelebA.txt and list_eval_partition.txt are found beside it',
  })
}

function otherWidth(at: string, wanted: number, fields: number): DatasetError {
  const hint = 'Get the file again; it was cut or edited'
  return new DatasetError('table.row', { at, expected: `${wanted} fields`, received: `${fields}`, hint })
}

function otherLength(at: string, total: number, rows: number): DatasetError {
  return new DatasetError('celeba.cut', {
    at: `${at}:1`,
    expected: `${total} rows, as the first line says`,
    received: `${rows}`,
    hint: 'Get the file again; for a part of the images keep the file whole and use --where',
  })
}

/** The layout of CelebA: gender and youth; any other of its forty columns by the map. */
export function celebALayout(plan: DatasetPlan, table: LabelTable): Layout {
  const layout = namedLayout(plan, table, {
    image: FILE,
    subject: table.header.includes(IDENTITY) ? IDENTITY : null,
    attributes: [
      { ...oneOrMinusOne('gender', ['Male', 'Female']), column: 'Male' },
      { ...oneOrMinusOne('young', ['yes', 'no']), column: 'Young' },
    ],
    optional: [declaredAttribute(SPLIT, SPLITS, BY_PEOPLE)],
    labelledBy: 'annotator',
    hint: 'Name list_attr_celeba.txt with --labels.',
  })
  const isMark = ({ column, declared }: AttributeLayout): boolean => declared === null && ![FILE, IDENTITY, SPLIT].includes(column) // prettier-ignore
  return {
    ...layout,
    attributes: layout.attributes.map((one) => (isMark(one) ? { ...one, ...marks(['yes', 'no']) } : one)),
  }
}

const BY_PEOPLE = { labelledBy: 'annotator' } as const

function oneOrMinusOne(name: string, values: readonly [string, string]): AttributeLayout {
  return { ...declaredAttribute(name, values, BY_PEOPLE), ...marks(values) }
}

/** 1 is the first of the two values, -1 the second. */
function marks(values: readonly [present: string, absent: string]): Pick<AttributeLayout, 'declared' | 'aliases'> {
  const [present, absent] = values
  return { declared: { values, aliases: new Map() }, aliases: new Map([['1', present], ['-1', absent]]) } // prettier-ignore
}
