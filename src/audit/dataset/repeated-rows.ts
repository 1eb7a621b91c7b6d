import { DatasetError, quoted } from '../errors.js'
import type { Fault } from '../errors.js'
import type { AttributeColumn, Quarantine } from '../types/dataset.js'
import { imageKey } from './image-key.js'
import type { RawColumns } from './raw-columns.js'
import { MOST_FAULTS } from './refusals.js'

export type RepeatedRows = {
  /** First row of every image, by its key. */
  readonly rowOfImage: ReadonlyMap<string, number>
  /** The later rows that say the same of an image again. */
  readonly quarantined: ReadonlyMap<number, Quarantine>
}

/** Finds images that the label file names more than once. Rows that agree: the first is kept, the others are quarantined. Rows that
 *  do not agree throw DatasetError, the first twenty listed: nobody can say which one is right. With `identities`, rows that name two
 *  people do not agree either, and neither a name nor a subject is quoted. */
export function findRepeatedRows(
  raw: RawColumns,
  attributes: readonly AttributeColumn[],
  at: string,
  identities: AttributeColumn | null = null,
): RepeatedRows {
  const rowOfImage = new Map<string, number>()
  const quarantined = new Map<number, Quarantine>()
  const faults: Fault[] = []
  for (let row = 0; row < raw.images.length && faults.length < MOST_FAULTS; row++) {
    if (raw.images[row] === '') continue
    const key = imageKey(raw.images[row])
    const first = rowOfImage.get(key)
    if (first === undefined || isUnused(raw, first)) {
      rowOfImage.set(key, row)
      continue
    }
    if (isUnused(raw, row)) continue // what is not used contradicts nobody
    const fault = disagreement(raw, attributes, identities, { first, row, at })
    if (fault !== null) faults.push(fault)
    else quarantined.set(row, { code: 'row.duplicate', reason: `the same as line ${raw.lines[first]}` })
  }
  if (faults.length > 0) throw new DatasetError('row.conflict', faults)
  return { rowOfImage, quarantined }
}

/** What the table itself leaves out, or says that it cannot be used. */
function isUnused({ quarantined, excluded }: RawColumns, row: number): boolean {
  return quarantined.has(row) || excluded.has(row)
}

function disagreement(
  raw: RawColumns,
  attributes: readonly AttributeColumn[],
  identities: AttributeColumn | null,
  { first, row, at }: { readonly first: number; readonly row: number; readonly at: string },
): Fault | null {
  const place = `${at}:${raw.lines[row]}`
  const said = `for ${quoted(raw.images[row])}, as line ${raw.lines[first]} says`
  const hint = 'Remove the row that is wrong'
  const { subjects } = raw
  const unnamed = (field: string): Fault => ({
    at: place,
    field,
    expected: `the same ${said}`,
    received: 'another',
    hint,
  })
  if (identities !== null && identities.codes[first] !== identities.codes[row]) return unnamed(identities.name)
  if (subjects !== null && subjects[first] !== subjects[row]) {
    if (identities !== null) return unnamed('subject')
    return {
      at: place,
      field: 'subject',
      expected: `${quoted(subjects[first])} ${said}`,
      received: quoted(subjects[row]),
      hint,
    }
  }
  if (partOf(raw, first) !== partOf(raw, row)) return unnamed('box')
  const other = attributes.find(({ codes }) => codes[first] !== codes[row])
  if (other === undefined) return null
  const value = (index: number): string => quoted(other.values[other.codes[index]])
  return { at: place, field: other.name, expected: `${value(first)} ${said}`, received: value(row), hint }
}

/** Which part of which file a row is about, as a text to compare. */
function partOf({ places }: RawColumns, row: number): string {
  const { file, box } = places?.[row] ?? {}
  return JSON.stringify([file, box])
}
