import { DatasetError, quoted } from '../errors.js'
import { cellText, isObject as isAnyObject } from './json-object.js'
import type { JsonObject } from './json-object.js'
import { openJsonObjects } from './jsonl.js'
import type { JsonLine } from './jsonl.js'
import { noRows } from './label-table.js'
import type { LabelTable, TablePart, TableRow } from './label-table.js'
import { openParquet } from './open-parquet.js'
import type { ParquetFile } from './parquet-file.js'
import { parquetParts } from './parquet-parts.js'
import { readCells, rowsInParts } from './table-parts.js'
import { sha256Of } from './containers/container-file.js'

const DEEPEST = 12 // objects and lists inside each other; what lies deeper has no column

type ObjectsFile = { readonly lines: AsyncGenerator<JsonLine, void>; readonly sha256: () => string }

/** Opens a file of objects (JSON lines, or Parquet with structs and lists) as a table of text whose header is complete: the keys of every
 *  object, nested ones dotted, those of the items of a list as if there were one (`labels.name`). A row of the table is an item of the list
 *  that is asked for, and an object with an empty list gives one row with '' in its place. Reads the file twice. Throws DatasetError. */
export async function openObjectsTable(file: string, kind: 'jsonl' | 'parquet'): Promise<LabelTable> {
  const flat = kind === 'parquet' ? await openFlatParquet(file) : null
  if (flat !== null) return flat
  const open = kind === 'jsonl' ? openJsonObjects : openParquetObjects
  const found = { columns: new Set<string>(), lists: new Set<string>() }
  let rows = 0
  for await (const { object } of (await open(file)).lines) {
    rows++
    collectColumns(object, [], found)
  }
  if (rows === 0) throw new DatasetError('table.empty', noRows(file))
  const again = await open(file)
  return {
    header: [...found.columns],
    headerIsComplete: true,
    rows: (columns) => rowsOf(again.lines, columns, found.lists, file),
    sha256: again.sha256,
  }
}

const SINGLE_VALUES = ['text', 'boolean', 'integer', 'float']

/** A Parquet file without objects and lists, whose footer says what its columns are; null where it has some. It is read once, column by column. */
async function openFlatParquet(file: string): Promise<LabelTable | null> {
  const parquet = await openParquet(file)
  if (!parquet.columns.every(({ kind }) => SINGLE_VALUES.includes(kind))) return null
  if (parquet.rows === 0) throw new DatasetError('table.empty', noRows(file))
  const sha256 = await sha256Of(file)
  return {
    header: Object.keys(Object.fromEntries(parquet.columns.map(({ name }) => [name, null]))), // in the order of the keys of an object
    headerIsComplete: true,
    rows: (columns) => rowsInParts(() => flatParts(parquet, columns, file)),
    sha256: () => sha256,
  }
}

async function* flatParts(
  parquet: ParquetFile,
  columns: readonly string[],
  file: string,
): AsyncGenerator<TablePart, void> {
  for await (const { start, rows, columns: values } of parquetParts(parquet, columns)) {
    const readers = columns.map((column, index) => {
      const cells = values[index]
      const textOf = (row: number): string =>
        cellText(cells[row], column, { at: `${file}:${start + row + 1}`, received: () => 'something else' })
      return (row: number): string => (typeof cells[row] === 'string' ? cells[row] : textOf(row))
    })
    yield* readCells(start + 1, rows, readers)
  }
}

async function openParquetObjects(file: string): Promise<ObjectsFile> {
  const parquet = await openParquet(file)
  const sha256 = await sha256Of(file)
  const names = parquet.columns.map(({ name }) => name)
  async function* lines(): AsyncGenerator<JsonLine, void> {
    for await (const { start, rows, columns } of parquetParts(parquet, names))
      for (let row = 0; row < rows; row++) {
        const object = Object.fromEntries(names.map((name, column) => [name, columns[column][row] ?? null] as const))
        yield { line: start + row + 1, object }
      }
  }
  return { lines: lines(), sha256: () => sha256 }
}

type Found = { readonly columns: Set<string>; readonly lists: Set<string> }

function collectColumns(value: unknown, path: readonly string[], found: Found): void {
  if (path.length > DEEPEST) return
  if (isList(value)) {
    found.lists.add(path.join('.'))
    if (value.length === 0) found.columns.add(path.join('.'))
    for (const item of value) collectColumns(isList(item) ? null : item, path, found)
  } else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) collectColumns(inner, [...path, key], found)
  } else if (path.length > 0) found.columns.add(path.join('.'))
}

async function* rowsOf(
  lines: AsyncGenerator<JsonLine, void>,
  columns: readonly string[],
  lists: ReadonlySet<string>,
  file: string,
): AsyncGenerator<TableRow, void> {
  const listOf = columns.map((column) => listAbove(column, lists))
  const asked = [...new Set(listOf.filter((list) => list !== null))]
  if (asked.length > 1)
    throw new DatasetError('table.column', {
      at: file,
      field: 'columns',
      expected: 'columns of one list',
      received: `columns of ${asked.map((list) => quoted(list)).join(' and ')}`,
    })
  for await (const { line, object } of lines) {
    const items = asked.length === 0 ? [null] : itemsAt(object, asked[0].split('.'))
    for (const item of items.length === 0 ? [null] : items) {
      const cells = columns.map((column, index) => {
        const list = listOf[index]
        const value = list === null ? valueAt(object, column) : inItem(item, column.slice(list.length + 1))
        return cellText(value, column, { at: `${file}:${line}`, received: () => (isList(value) ? 'a list' : 'something else') }) // prettier-ignore
      })
      yield { line, cells }
    }
  }
}

/** The innermost list that a column is in; null where it is in none. */
function listAbove(column: string, lists: ReadonlySet<string>): string | null {
  const around = [...lists].filter((list) => column === list || column.startsWith(`${list}.`))
  return around.reduce<string | null>((longest, list) => (list.length > (longest?.length ?? -1) ? list : longest), null)
}

function itemsAt(value: unknown, path: readonly string[]): unknown[] {
  if (isList(value)) return [...value].flatMap((item) => itemsAt(item, path))
  if (path.length === 0) return value === null || value === undefined ? [] : [value]
  return isObject(value) && Object.hasOwn(value, path[0]) ? itemsAt(value[path[0]], path.slice(1)) : []
}

function inItem(item: unknown, column: string): unknown {
  return column === '' ? item : valueAt(item, column)
}

/** A key that is spelt with dots comes before the nested value of that path. */
function valueAt(value: unknown, column: string): unknown {
  if (!isObject(value)) return null
  if (Object.hasOwn(value, column)) return value[column]
  return column.split('.').reduce<unknown>((inner, key) => {
    return isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : null
  }, value)
}

function isObject(value: unknown): value is JsonObject {
  return isAnyObject(value) && !isList(value) && !(value instanceof Uint8Array)
}

/** Lists of numbers come out of a Parquet file as typed arrays. */
function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof Uint8Array))
}
