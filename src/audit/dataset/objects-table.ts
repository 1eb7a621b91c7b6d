import { DatasetError, quoted } from '../errors.js'
import { cellText, isObject as isAnyObject } from './json-object.js'
import type { JsonObject } from './json-object.js'
import { openJsonObjects } from './jsonl.js'
import type { JsonLine } from './jsonl.js'
import { noRows } from './label-table.js'
import type { LabelTable, TableRow } from './label-table.js'
import { openParquet } from './open-parquet.js'
import { sha256Of } from './containers/container-file.js'

const ROWS_AT_ONCE = 4096
const DEEPEST = 12 // objects and lists inside each other; what lies deeper has no column

type ObjectsFile = { readonly lines: AsyncGenerator<JsonLine, void>; readonly sha256: () => string }

/** Opens a file of objects (JSON lines, or Parquet with structs and lists) as a table of text whose header is complete: the keys of every
 *  object, nested ones dotted, those of the items of a list as if there were one (`labels.name`). A row of the table is an item of the list
 *  that is asked for, and an object with an empty list gives one row with '' in its place. Reads the file twice. Throws DatasetError. */
export async function openObjectsTable(file: string, kind: 'jsonl' | 'parquet'): Promise<LabelTable> {
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

async function openParquetObjects(file: string): Promise<ObjectsFile> {
  const parquet = await openParquet(file)
  const sha256 = await sha256Of(file)
  const names = parquet.columns.map(({ name }) => name)
  async function* lines(): AsyncGenerator<JsonLine, void> {
    for (let start = 0; start < parquet.rows; start += ROWS_AT_ONCE) {
      const rows = await parquet.read(names, start, Math.min(start + ROWS_AT_ONCE, parquet.rows))
      for (const [index, row] of rows.entries()) {
        const object = Object.fromEntries(names.map((name, column) => [name, row[column]] as const))
        yield { line: start + index + 1, object }
      }
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
