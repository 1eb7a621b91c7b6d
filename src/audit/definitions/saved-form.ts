import { DefinitionError, quoted } from '../errors.js'
import { DEEPEST_JSON, duplicateKey, keysOf, lookOver } from './json-form.js'
import { notJson } from './not-json.js'
import { printable } from './words.js'
import type { Path } from './yaml-place.js'

/** What every file of one kind of saved result begins with and is called. */
export type SavedForm = {
  /** As in the file's own field `schema`: `probity/audit@1`. */
  readonly schemaId: string
  /** Beginning of the error codes. */
  readonly code: string
  /** `a saved audit`. */
  readonly what: string
  /** `an audit.json that probity audit wrote`. */
  readonly source: string
}

/** The value that the text of a saved result holds; `file` is for messages. Throws DefinitionError for what is no JSON, is nested too deep, has another
 *  schema or a key twice. Whether the value has the shape of its kind is asked elsewhere. */
export function parseForm(form: SavedForm, text: string, file: string): unknown {
  const at = printable(file)
  const { isTooDeep, keys } = lookOver(text)
  const value = parseJson(form, text, { at, isTooDeep })
  if (keysOf(value) !== keys) refuseRepeatedKey(form, text, at)
  return value
}

/** JSON.parse keeps the last of two, and says nothing: whoever reads the text would see a number that nothing was checked against. */
function refuseRepeatedKey({ code }: SavedForm, text: string, at: string): never {
  throw new DefinitionError(`${code}.repeated-key`, {
    at,
    field: duplicateKey(text) ?? '',
    expected: 'each key of an object once',
    received: 'the same key again',
    hint: 'The file was changed after the run: ask for the one that was written.',
  })
}

/** The field `schema` where it comes first, as it does in whatever Probity writes. */
const SCHEMA_FIRST = /^\s*\{\s*"schema"\s*:\s*"([^"\\]*)"/

/** The field `schema` of a saved result, or null for anything else; for telling kinds of results apart. */
export function savedSchemaOf(text: string): string | null {
  const first = SCHEMA_FIRST.exec(text)
  if (first !== null) return first[1]
  if (lookOver(text).isTooDeep) return null
  try {
    const schema = valueAt(JSON.parse(text) as unknown, ['schema'])
    return typeof schema === 'string' ? schema : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function parseJson(
  { schemaId, code, what, source }: SavedForm,
  text: string,
  { at, isTooDeep }: { readonly at: string; readonly isTooDeep: boolean },
): unknown {
  const hint = `Give the path of ${source}, complete and unedited.`
  const refuse = (expected: string, received: string, cause?: unknown): DefinitionError =>
    new DefinitionError(`${code}.json`, { at, expected, received, hint }, { cause })
  if (isTooDeep) throw refuse(`JSON of at most ${DEEPEST_JSON} nested levels`, 'more')
  try {
    const value: unknown = JSON.parse(text)
    const schema = valueAt(value, ['schema'])
    if (schema === schemaId) return value
    const family = schemaId.slice(0, schemaId.indexOf('@') + 1)
    const way =
      typeof schema === 'string' && schema.startsWith(family)
        ? 'It was written by another version of probity: read it with that version.'
        : `Give the path of ${source}.`
    throw new DefinitionError(`${code}.schema`, {
      at,
      field: 'schema',
      expected: schemaId,
      received: describe(schema),
      hint: way,
    })
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    const received = text.trim() === '' ? 'an empty file' : notJson(text, cause)
    throw refuse(`the JSON of ${what}`, received, cause)
  }
}

/** What stands at the end of a path, of own fields alone; undefined where nothing does. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, step) => {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step)) return undefined
    return Object.getOwnPropertyDescriptor(inner, step)?.value
  }, value)
}

/** A value of the file as messages name it. */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  return typeof value === 'object' ? 'a mapping' : quoted(value)
}
