import { DatasetError } from '../errors.js'
import type { Box, Quarantine } from '../types/dataset.js'
import { fillImageName } from './image-name.js'
import { noRows } from './label-table.js'
import type { LabelTable, TableRow } from './label-table.js'
import type { Layout } from './layout.js'

/** The distinct spellings of one column in order of first appearance, and the spelling of each row. */
export type Spellings = {
  readonly texts: readonly string[]
  /** Line of the first row with this spelling. */
  readonly firstLine: readonly number[]
  /** Rows with this spelling. */
  readonly rows: readonly number[]
  /** Index into `texts`, one per row. */
  readonly codes: readonly number[]
}

/** A label file as columns, still in its own spelling. Arrays are indexed by row. */
export type RawColumns = {
  readonly images: readonly string[]
  readonly lines: readonly number[]
  readonly subjects: readonly string[] | null
  /** One per attribute of the layout. */
  readonly spellings: readonly Spellings[]
  /** Per row, where its image lies inside a container and which part of it the row is about; null where every image is a whole file. */
  readonly places: readonly (ImagePlace | null)[] | null
  /** What the table itself says of its rows. */
  readonly quarantined: ReadonlyMap<number, Quarantine>
  readonly excluded: ReadonlyMap<number, string>
}

/** Where a row's image lies, as far as that is not told by its name. */
export type ImagePlace = {
  readonly inside: TableRow['inside'] | undefined
  readonly file: string | undefined
  readonly box: Box | undefined
}

/** Reads every row of the table. Memory: the image names, and one small integer per row and attribute. Throws DatasetError when the
 *  table has no row, or a row has no subject though a subject column is named. */
export async function collectRows(table: LabelTable, layout: Layout, at: string): Promise<RawColumns> {
  const images: string[] = []
  const lines: number[] = []
  const subjects: string[] | null = layout.subject === null ? null : []
  const collectors = layout.attributes.map(() => newCollector())
  const columns = [layout.image.column, ...(layout.subject === null ? [] : [layout.subject])]
  const firstAttribute = columns.length
  columns.push(...layout.attributes.map(({ column }) => column))
  const isPhoto = layout.subject === layout.image.column // of an image without a name, the image is what is wrong
  const places: (ImagePlace | null)[] = []
  const quarantined = new Map<number, Quarantine>()
  const excluded = new Map<number, string>()
  for await (const row of table.rows(columns)) {
    const { line, cells } = row
    const name = fillImageName(layout.image, cells[0])
    const image = row.id ?? (row.part === undefined || name === '' ? name : `${name}#${row.part}`)
    const place = placeOf(row, image === name ? undefined : name)
    if (place !== null) places[images.length] = place
    if (row.quarantined !== undefined) quarantined.set(images.length, row.quarantined)
    if (row.excluded !== undefined) excluded.set(images.length, row.excluded)
    images.push(image)
    lines.push(line)
    if (subjects !== null) subjects.push(isPhoto || row.quarantined !== undefined ? cells[1] || image : requireSubject(cells[1], `${at}:${line}`)) // prettier-ignore
    for (let index = 0; index < collectors.length; index++) collectors[index].add(cells[firstAttribute + index], line)
  }
  if (images.length === 0) throw new DatasetError('table.empty', noRows(at))
  return {
    images,
    lines,
    subjects,
    spellings: collectors.map(({ spellings }) => spellings),
    places: places.length === 0 ? null : Array.from(images, (_, row) => places[row] ?? null),
    quarantined,
    excluded,
  }
}

function placeOf({ inside, file, box }: TableRow, name: string | undefined): ImagePlace | null {
  const named = file ?? name
  if (inside === undefined && named === undefined && box === undefined) return null
  return { inside, file: named, box }
}

function newCollector(): { readonly spellings: Spellings; readonly add: (text: string, line: number) => void } {
  const codeOf = new Map<string, number>()
  const spellings = { texts: [] as string[], firstLine: [] as number[], rows: [] as number[], codes: [] as number[] }
  const add = (text: string, line: number): void => {
    let code = codeOf.get(text)
    if (code === undefined) {
      code = spellings.texts.length
      codeOf.set(text, code)
      spellings.texts.push(text)
      spellings.firstLine.push(line)
      spellings.rows.push(0)
    }
    spellings.rows[code]++
    spellings.codes.push(code)
  }
  return { spellings, add }
}

function requireSubject(text: string, at: string): string {
  if (text !== '') return text
  throw new DatasetError('subject.missing', {
    at,
    field: 'subject',
    expected: 'a subject in every row',
    received: 'an empty cell',
    hint: 'Give an image of a person who is not named an id of its own, or leave the subject column out',
  })
}
