import { DatasetError } from '../errors.js'
import type { Box, Quarantine } from '../types/dataset.js'
import { growingNumbers } from './growing-numbers.js'
import { fillImageName } from './image-name.js'
import { noRows } from './label-table.js'
import type { LabelTable, RowMarks } from './label-table.js'
import type { Layout } from './layout.js'
import { collectSpellings } from './spellings.js'
import type { Spellings } from './spellings.js'
import { partsOf } from './table-parts.js'

/** A label file as columns, still in its own spelling. Arrays are indexed by row. */
export type RawColumns = {
  readonly images: readonly string[]
  /** On which each row begins. */
  readonly lines: ArrayLike<number>
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
  readonly inside: RowMarks['inside'] | undefined
  readonly file: string | undefined
  readonly box: Box | undefined
}

/** Reads every row of the table. Memory: the image names, and four bytes per row and attribute. Throws DatasetError when the
 *  table has no row, or a row has no subject though a subject column is named. */
export async function collectRows(table: LabelTable, layout: Layout, at: string): Promise<RawColumns> {
  const images: string[] = []
  const lines = growingNumbers()
  const subjects: string[] | null = layout.subject === null ? null : []
  const collectors = layout.attributes.map(() => collectSpellings())
  const columns = [layout.image.column, ...(layout.subject === null ? [] : [layout.subject])]
  const firstAttribute = columns.length
  columns.push(...layout.attributes.map(({ column }) => column))
  const subjectOf = subjectReader(layout, at)
  const places: (ImagePlace | null)[] = []
  const quarantined = new Map<number, Quarantine>()
  const excluded = new Map<number, string>()
  for await (const part of partsOf(table.rows(columns))) {
    const [names, people] = part.columns
    for (let row = 0; row < part.lines.length; row++) {
      const name = fillImageName(layout.image, names[row])
      const marks = part.marks?.[row] ?? UNMARKED
      const image = marks.id ?? (marks.part === undefined || name === '' ? name : `${name}#${marks.part}`)
      const place = placeOf(marks, image === name ? undefined : name)
      if (place !== null) places[images.length] = place
      if (marks.quarantined !== undefined) quarantined.set(images.length, marks.quarantined)
      if (marks.excluded !== undefined) excluded.set(images.length, marks.excluded)
      images.push(image)
      subjects?.push(subjectOf(people[row], image, marks, part.lines[row]))
    }
    lines.add(part.lines)
    for (const [index, { add }] of collectors.entries()) {
      const cells = part.columns[firstAttribute + index]
      for (let row = 0; row < cells.length; row++) add(cells[row], part.lines[row])
    }
  }
  if (images.length === 0) throw new DatasetError('table.empty', noRows(at))
  return {
    images,
    lines: lines.all(),
    subjects,
    spellings: collectors.map(({ spellings }) => spellings()),
    places: places.length === 0 ? null : Array.from(images, (_, row) => places[row] ?? null),
    quarantined,
    excluded,
  }
}

const UNMARKED: RowMarks = {}

/** The subject of a row: one text for all rows that name it, however often the table spells it out. */
function subjectReader({ subject, image: { column } }: Layout, at: string) {
  const isPhoto = subject === column // of an image without a name, the image is what is wrong
  const known = new Map<string, string>()
  return (cell: string, image: string, { quarantined }: RowMarks, line: number): string => {
    const text = isPhoto || quarantined !== undefined ? cell || image : requireSubject(cell, `${at}:${line}`)
    const before = known.get(text)
    if (before === undefined) known.set(text, text)
    return before ?? text
  }
}

function placeOf({ inside, file, box }: RowMarks, name: string | undefined): ImagePlace | null {
  const named = file ?? name
  if (inside === undefined && named === undefined && box === undefined) return null
  return { inside, file: named, box }
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
