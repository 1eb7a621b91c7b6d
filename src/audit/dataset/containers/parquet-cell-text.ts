import { DatasetError, quoted } from '../../errors.js'
import { fault } from '../refusals.js'

/** How the cells of one column become text. */
export type CellReading = {
  readonly column: string
  /** What its integers stand for; null: they are not named. */
  readonly names: readonly string[] | null
  /** How false and true are written. */
  readonly booleans: readonly [string, string]
  /** No message quotes a cell. */
  readonly hidesCells: boolean
}

/** The text of a cell: '' where it says nothing, which is also what an integer below 0 says where integers are named. A list of one is what is in it.
 *  Throws DatasetError for an integer without a name among others that have one, and for what is no single value. */
export function parquetCellText(value: unknown, reading: CellReading, at: string): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return reading.booleans[value ? 1 : 0]
  if (typeof value === 'number' || typeof value === 'bigint') return nameOf(value, reading, at)
  const items = listOf(value)
  if (items !== null && items.length <= 1) return parquetCellText(items[0], reading, at)
  throw new DatasetError('table.row', {
    at,
    field: quoted(reading.column),
    expected: 'a text, a number or a boolean',
    received: items !== null ? `a list of ${items.length}` : value instanceof Uint8Array ? 'bytes' : 'something else',
    hint: 'Map a column with one value for each image, or a field of a struct by a dotted column, for example label.race',
  })
}

/** A field of a struct; null where there is no struct or no such field. */
export function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, field)
    ? (value as Readonly<Record<string, unknown>>)[field] // has that key
    : null
}

function listOf(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value as readonly unknown[]
  return ArrayBuffer.isView(value) && !(value instanceof Uint8Array) && !(value instanceof DataView)
    ? [...(value as unknown as Iterable<unknown>)] // numbers of one kind or another
    : null
}

function nameOf(value: number | bigint, { column, names, hidesCells }: CellReading, at: string): string {
  if (names === null) return String(value)
  if (value < 0) return ''
  const name = names[Number(value)]
  if (name !== undefined) return name
  throw new DatasetError(
    'value.class',
    fault({
      at,
      field: quoted(column),
      expected: `an integer from 0 to ${names.length - 1}, which the file names, or -1 for none`,
      received: hidesCells ? 'something else' : String(value),
      hint: 'Write the file again with the names of all classes',
    }),
  )
}
