import { DatasetError, quoted } from '../errors.js'
import { cellText, isObject, parseObject } from './json-object.js'
import type { JsonObject, Said } from './json-object.js'
import { missingColumn, noRows } from './label-table.js'
import type { LabelTable, TableRow } from './label-table.js'
import { openText } from './text-file.js'
import { textLines } from './text-lines.js'

/** One object and the line that it stands on, counted from 1. */
export type JsonLine = { readonly line: number; readonly object: JsonObject }

/** Opens a file of one JSON object per line as a table of text. Columns are keys; nested ones are dotted (`label.race`). Numbers and
 *  booleans become text, null and absent keys ''. Throws DatasetError with the line for blank lines inside the file, keys that occur
 *  twice, and anything that is not an object. `hidesCells`: no message quotes what a row says. */
export async function openJsonl(file: string, hidesCells = false): Promise<LabelTable> {
  const said = hidesCells ? () => 'something else' : quoted
  const { lines, sha256 } = await openLines(file, said)
  const first = await lines.next()
  if (first.done === true) throw new DatasetError('table.empty', noRows(file))
  const head = first.value
  return {
    header: keysOf(head.object),
    headerIsComplete: false,
    rows: (columns) => rowsOf(head, lines, columns, { file, said }),
    sha256,
  }
}

/** The same file as objects, for values that are lists. Throws DatasetError as {@link openJsonl} does. */
export async function openJsonObjects(
  file: string,
): Promise<{ readonly lines: AsyncGenerator<JsonLine, void>; readonly sha256: () => string }> {
  return openLines(file, quoted)
}

async function openLines(file: string, said: Said) {
  const { chunks, sha256 } = await openText(file)
  return { lines: objectsOf(chunks, file, said), sha256 }
}

async function* rowsOf(
  first: JsonLine,
  rest: AsyncGenerator<JsonLine, void>,
  columns: readonly string[],
  { file, said }: { readonly file: string; readonly said: Said },
): AsyncGenerator<TableRow, void> {
  const seen = new Set<string>()
  const keys = new Set<string>(keysOf(first.object))
  const rowOf = ({ line, object }: JsonLine): TableRow => ({
    line,
    cells: columns.map((column) => columnText(object, column, seen, { at: `${file}:${line}`, said })),
  })
  yield rowOf(first)
  for await (const line of rest) {
    if (seen.size < columns.length) for (const key of keysOf(line.object)) keys.add(key)
    yield rowOf(line)
  }
  const missing = columns.find((column) => !seen.has(column))
  if (missing !== undefined)
    throw new DatasetError('table.column', missingColumn(file, 'columns', missing, [...keys].sort()))
}

/** The text of a value of an object, by a dotted column; '' where there is none. `seen` collects the columns that some object has. */
export function columnText(
  object: JsonObject,
  column: string,
  seen: Set<string>,
  { at, said }: { readonly at: string; readonly said: Said },
): string {
  const value = valueAt(object, column)
  if (value === undefined) return ''
  seen.add(column)
  const hint = 'Name a nested value by a dotted column, for example label.race'
  return cellText(value, column, { at, received: () => said(value), hint })
}

/** A key that is spelt with dots comes before the nested value of that path. */
function valueAt(object: JsonObject, column: string): unknown {
  if (Object.hasOwn(object, column)) return object[column]
  let value: unknown = object
  for (const part of column.split('.')) {
    if (!isObject(value) || !Object.hasOwn(value, part)) return undefined
    value = value[part]
  }
  return value
}

/** The keys of an object, nested ones dotted. */
export function keysOf(object: JsonObject, prefix = ''): string[] {
  return Object.entries(object).flatMap(([key, value]) =>
    isObject(value) && prefix.length < 200 ? keysOf(value, `${prefix}${key}.`) : [`${prefix}${key}`],
  )
}

async function* objectsOf(chunks: AsyncIterable<string>, file: string, said: Said): AsyncGenerator<JsonLine, void> {
  let blank: number | null = null
  for await (const { line, text } of textLines(chunks, file)) {
    if (blank !== null)
      throw new DatasetError('table.row', {
        at: `${file}:${blank}`,
        expected: 'a JSON object',
        received: 'a blank line',
      })
    if (text.trim() === '') blank = line
    else yield { line, object: parseLine(text, `${file}:${line}`, said) }
  }
}

/** Reads the object of one line. Throws DatasetError for anything else, as `parseObject` does. */
export function parseLine(text: string, at: string, said: Said): JsonObject {
  const asked = { at, said, expected: 'one JSON object per line' }
  return parseObject(text, text.startsWith('[') ? { ...asked, hint: 'A JSON array must be written as one object per line' } : asked) // prettier-ignore
}
