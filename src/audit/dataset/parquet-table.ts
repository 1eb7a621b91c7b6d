import { DatasetError } from '../errors.js'
import { classNames } from './containers/class-names.js'
import { sha256Of } from './containers/container-file.js'
import { fieldOf, parquetCellText } from './containers/parquet-cell-text.js'
import { missingColumn, noRows } from './label-table.js'
import type { LabelTable, TablePart } from './label-table.js'
import { openParquet } from './open-parquet.js'
import type { ParquetColumn, ParquetFile } from './parquet-file.js'
import { parquetParts } from './parquet-parts.js'
import { readCells, rowsInParts } from './table-parts.js'

/** Opens a Parquet file as a table of text, read a part at a time. Columns are those of the file, fields of a struct dotted (`label.race`).
 *  Numbers and booleans become text, null '', and integers the names that the footer has for them. Rows stand in for lines, counted from 1. Throws DatasetError for a file that is not whole,
 *  has no row, or holds lists or bytes in a column that is asked for. */
export async function openParquetTable(file: string, hidesCells: boolean): Promise<LabelTable> {
  const parquet = await openParquet(file)
  if (parquet.rows === 0) throw new DatasetError('table.empty', noRows(file))
  const sha256 = await sha256Of(file)
  return {
    header: parquet.columns.flatMap(dottedNames),
    headerIsComplete: true,
    rows: (columns) => rowsInParts(() => partsOf(parquet, columns, { file, hidesCells })),
    sha256: () => sha256,
  }
}

function dottedNames({ name, kind, fields }: ParquetColumn): string[] {
  return kind === 'struct' ? fields.flatMap(dottedNames).map((field) => `${name}.${field}`) : [name]
}

async function* partsOf(
  parquet: ParquetFile,
  columns: readonly string[],
  { file, hidesCells }: { readonly file: string; readonly hidesCells: boolean },
): AsyncGenerator<TablePart, void> {
  const places = columns.map((column) => placeOf(parquet, column, file))
  const read = [...new Set(places.map(({ name }) => name))]
  const readings = places.map(({ name, path }, index) => ({
    ...{ column: columns[index], names: classNames(parquet, [name, ...path]), hidesCells },
    booleans: ['false', 'true'] as const,
  }))
  for await (const { start, rows, columns: values } of parquetParts(parquet, read)) {
    const readers = places.map(({ name, path }, column) => {
      const cells = values[read.indexOf(name)]
      return (row: number) =>
        parquetCellText(path.reduce(fieldOf, cells[row]), readings[column], `${file}:${start + row + 1}`)
    })
    yield* readCells(start + 1, rows, readers)
  }
}

/** A column and the fields inside it that a dotted name leads through; one whose own name has a dot comes before a field of that name. */
type Place = { readonly name: string; readonly path: readonly string[] }

function placeOf({ columns }: ParquetFile, column: string, file: string): Place {
  const path = pathTo(columns, column)
  if (path === null)
    throw new DatasetError('table.column', missingColumn(file, 'columns', column, columns.flatMap(dottedNames)))
  return { name: path[0], path: path.slice(1) }
}

function pathTo(columns: readonly ParquetColumn[], dotted: string): string[] | null {
  if (columns.some(({ name }) => name === dotted)) return [dotted]
  for (const { name, fields } of columns) {
    const rest = dotted.startsWith(`${name}.`) ? pathTo(fields, dotted.slice(name.length + 1)) : null
    if (rest !== null) return [name, ...rest]
  }
  return null
}
