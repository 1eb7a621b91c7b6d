import { duplicateKey, isNestedTooDeep, DEEPEST_JSON } from '../definitions/json-form.js'
import { DatasetError, quoted } from '../errors.js'
import { missingColumn, noRows } from './label-table.js'
import type { LabelTable, TableRow } from './label-table.js'
import { fault } from './refusals.js'
import { openText } from './text-file.js'
import { textLines } from './text-lines.js'

export type JsonObject = { readonly [key: string]: unknown }
/** How a message repeats what a row says. */
type Said = (value: unknown) => string
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
    cells: columns.map((column) => cellText(object, column, seen, { at: `${file}:${line}`, said })),
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
export function cellText(
  object: JsonObject,
  column: string,
  seen: Set<string>,
  { at, said }: { readonly at: string; readonly said: Said },
): string {
  const value = valueAt(object, column)
  if (value === undefined) return ''
  seen.add(column)
  if (value === null) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return numberText(value, column, at)
  throw new DatasetError('table.row', {
    at,
    field: quoted(column),
    expected: 'a text, a number or a boolean',
    received: said(value),
    hint: 'Name a nested value by a dotted column, for example label.race',
  })
}

/** Throws DatasetError for a number that was changed when it was read: two long ids would become one. */
export function numberText(value: number, column: string, at: string): string {
  if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) return String(value)
  throw new DatasetError('table.row', {
    at,
    field: quoted(column),
    expected: `a number that can be held exactly (whole numbers up to ${Number.MAX_SAFE_INTEGER})`,
    received: 'a larger one',
    hint: 'Write an id or a code in quotes, as text',
  })
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

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
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
    else yield { line, object: parseObject(text, `${file}:${line}`, said) }
  }
}

/** Reads one JSON object. Throws DatasetError for anything else, for a key that comes twice, and for more than {@link DEEPEST_JSON} levels. */
export function parseObject(text: string, at: string, said: Said): JsonObject {
  const expected = 'one JSON object per line'
  const hint = text.startsWith('[') ? 'A JSON array must be written as one object per line' : null
  if (isNestedTooDeep(text))
    throw new DatasetError('table.row', { at, expected: `at most ${DEEPEST_JSON} nested levels`, received: 'more' })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new DatasetError('table.row', fault({ at, expected, received: said(text), hint }), { cause })
  }
  if (!isObject(value)) throw new DatasetError('table.row', fault({ at, expected, received: said(value), hint }))
  const twice = duplicateKey(text)
  if (twice !== null)
    throw new DatasetError('table.row', { at, expected: 'every key once', received: `${quoted(twice)} twice` })
  return value
}
