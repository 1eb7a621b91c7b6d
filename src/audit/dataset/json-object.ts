import { DEEPEST_JSON, duplicateKey, isNestedTooDeep } from '../definitions/json-form.js'
import { DatasetError, quoted } from '../errors.js'
import { fault } from './refusals.js'

export type JsonObject = { readonly [key: string]: unknown }

/** How a message repeats what a row says. */
export type Said = (value: unknown) => string

/** Whether a value is an object, and no list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads one JSON object. Throws DatasetError with `expected` and `hint` for anything else, and for a key that comes twice, and for more than
 *  {@link DEEPEST_JSON} levels. */
export function parseObject(
  text: string,
  { at, said, expected, hint = null }: { readonly at: string; readonly said: Said; readonly expected: string; readonly hint?: string | null }, // prettier-ignore
): JsonObject {
  if (isNestedTooDeep(text))
    throw new DatasetError('table.row', { at, expected: `at most ${DEEPEST_JSON} nested levels`, received: 'more' })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new DatasetError('table.row', fault({ at, expected, received: said(text.trim()), hint }), { cause })
  }
  if (!isObject(value)) throw new DatasetError('table.row', fault({ at, expected, received: said(value), hint }))
  const twice = duplicateKey(text)
  if (twice !== null)
    throw new DatasetError('table.row', { at, expected: 'every key once', received: `${quoted(twice)} twice` })
  return value
}

/** The text of one value: '' for null. Throws DatasetError for a list, an object, and a number that was changed when it was read. */
export function cellText(
  value: unknown,
  column: string,
  {
    at,
    received,
    hint = null,
  }: { readonly at: string; readonly received: () => string; readonly hint?: string | null },
): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return numberText(value, column, at)
  const field = quoted(column)
  throw new DatasetError('table.row', fault({ at, field, expected: 'a text, a number or a boolean', received: received(), hint })) // prettier-ignore
}

/** Two long ids would become one. */
function numberText(value: number, column: string, at: string): string {
  if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) return String(value)
  throw new DatasetError('table.row', {
    at,
    field: quoted(column),
    expected: `a number that can be held exactly (whole numbers up to ${Number.MAX_SAFE_INTEGER})`,
    received: 'a larger one',
    hint: 'Write an id or a code in quotes, as text',
  })
}
