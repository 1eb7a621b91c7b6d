import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { DatasetError, quoted } from '../errors.js'
import { missingColumn, noRows } from './label-table.js'
import type { LabelTable, TableRow } from './label-table.js'
import { openParquet } from './parquet-file.js'
import type { ParquetColumn, ParquetFile } from './parquet-file.js'
import { refuse } from './refusals.js'

const ROWS_AT_ONCE = 4096 // decoded together; a row group may be larger

/** Opens a Parquet file as a table of text, read a part at a time. Columns are those of the file, fields of a struct dotted (`label.race`).
 *  Numbers and booleans become text, null ''. Rows stand in for lines, counted from 1. Throws DatasetError for a file that is not whole,
 *  has no row, or holds lists or bytes in a column that is asked for. */
export async function openParquetTable(file: string): Promise<LabelTable> {
  const parquet = await openParquet(file)
  if (parquet.rows === 0) throw new DatasetError('table.empty', noRows(file))
  const sha256 = await fileSha256(file)
  return {
    header: parquet.columns.flatMap(dottedNames),
    headerIsComplete: true,
    rows: (columns) => rowsOf(parquet, columns, file),
    sha256: () => sha256,
  }
}

function dottedNames({ name, kind, fields }: ParquetColumn): string[] {
  return kind === 'struct' ? fields.map((field) => `${name}.${field}`) : [name]
}

async function* rowsOf(parquet: ParquetFile, columns: readonly string[], file: string): AsyncGenerator<TableRow, void> {
  const places = columns.map((column) => placeOf(parquet, column, file))
  const read = [...new Set(places.map(({ name }) => name))]
  const indices = places.map(({ name }) => read.indexOf(name))
  for (let start = 0; start < parquet.rows; start += ROWS_AT_ONCE) {
    const rows = await parquet.read(read, start, Math.min(start + ROWS_AT_ONCE, parquet.rows))
    for (const [index, row] of rows.entries()) {
      const line = start + index + 1
      const at = `${file}:${line}`
      const cellOf = (column: number): string => {
        const { field } = places[column]
        const value = row[indices[column]]
        return cellText(field === null ? value : fieldOf(value, field), { at, column: columns[column] })
      }
      yield { line, cells: columns.map((_, column) => cellOf(column)) }
    }
  }
}

/** A column whose own name has a dot comes before the field of a struct. */
function placeOf({ columns }: ParquetFile, column: string, file: string): { name: string; field: string | null } {
  if (columns.some(({ name, kind }) => name === column && kind !== 'struct')) return { name: column, field: null }
  const struct = columns.find(({ name, fields }) => fields.some((field) => `${name}.${field}` === column))
  if (struct === undefined) {
    refuse('table.column', [missingColumn(file, 'columns', column, columns.flatMap(dottedNames))])
    return { name: column, field: null }
  }
  return { name: struct.name, field: column.slice(struct.name.length + 1) }
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, field)
    ? (value as Readonly<Record<string, unknown>>)[field] // has that key
    : null
}

function cellText(value: unknown, { at, column }: { readonly at: string; readonly column: string }): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  throw new DatasetError('table.row', {
    at,
    field: quoted(column),
    expected: 'a text, a number or a boolean',
    received: value instanceof Uint8Array ? 'bytes' : Array.isArray(value) ? 'a list' : 'something else',
    hint: 'Write this column as text, or name a field of a struct by a dotted column, for example label.race',
  })
}

async function fileSha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer) // no encoding: buffers
  return hash.digest('hex')
}
