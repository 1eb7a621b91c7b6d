import type { z } from 'zod'
import { DefinitionError, quoted } from '../errors.js'
import { expectedBy, faultsOfIssue } from './issue-faults.js'
import { DEEPEST_JSON, duplicateKey, isNestedTooDeep } from './json-form.js'
import { notJson } from './not-json.js'
import { printable } from './words.js'
import type { Path } from './yaml-place.js'

/** A kind of result that probity saves as JSON. */
export type SavedKind = {
  readonly schema: z.ZodType
  /** As in the file's own field `schema`: `probity/audit@1`. */
  readonly schemaId: string
  /** Beginning of the error codes. */
  readonly code: string
  /** `a saved audit`. */
  readonly what: string
  /** `an audit.json that probity audit wrote`. */
  readonly source: string
  /** How the file of an earlier draft is told: a field that has gone since, or one that has come. A file with any of the signs that does not
   *  fit is refused with this in one sentence. */
  readonly outdated?: { readonly signs: readonly Sign[]; readonly expected: string; readonly hint: string }
}

/** The field at the end of the path is there, or its parent is there without it. */
type Sign = { readonly path: Path; readonly is: 'present' | 'absent' }

/** Reads the text of a saved result and checks its shape; `file` is for messages. Returns the value as it was parsed and not zod's copy: in a copy keys
 *  may stand in another order, and ids are over their order. Throws DefinitionError with all faults. */
export function parseSaved(kind: SavedKind, text: string, file: string): unknown {
  const at = printable(file)
  const value = parseJson(kind, text, at)
  refuseRepeatedKey(kind, text, at)
  const result = kind.schema.safeParse(value, { error: expectedBy })
  if (result.success) return value
  refuseOutdated(kind, value, at)
  const source = {
    placeOf: () => at,
    receivedAt: (path: Path) => describe(valueAt(value, path)),
    textAt: () => null,
  }
  const faults = result.error.issues.flatMap((issue) => faultsOfIssue(issue, source))
  throw new DefinitionError(`${kind.code}.invalid`, faults)
}

/** JSON.parse keeps the last of two, and says nothing: whoever reads the text would see a number that nothing was checked against. */
function refuseRepeatedKey({ code }: SavedKind, text: string, at: string): void {
  const key = duplicateKey(text)
  if (key === null) return
  throw new DefinitionError(`${code}.repeated-key`, {
    at,
    field: key,
    expected: 'each key of an object once',
    received: 'the same key again',
    hint: 'The file was changed after the run: ask for the one that was written.',
  })
}

/** One fault that says why, in place of one for every field that has come since. */
function refuseOutdated({ code, outdated }: SavedKind, value: unknown, at: string): void {
  if (outdated === undefined) return
  const { signs, expected, hint } = outdated
  const sign = signs.find((each) => isSeen(each, value))
  if (sign === undefined) return
  throw new DefinitionError(`${code}.outdated`, {
    at,
    field: sign.path.join('.'),
    expected,
    received: describe(valueAt(value, sign.path)),
    hint,
  })
}

function isSeen({ path, is }: Sign, value: unknown): boolean {
  const isThere = valueAt(value, path) !== undefined
  return is === 'present' ? isThere : !isThere && valueAt(value, path.slice(0, -1)) !== undefined
}

/** The field `schema` where it comes first, as it does in whatever Probity writes. */
const SCHEMA_FIRST = /^\s*\{\s*"schema"\s*:\s*"([^"\\]*)"/

/** The field `schema` of a saved result, or null for anything else; for telling kinds of results apart. */
export function savedSchemaOf(text: string): string | null {
  const first = SCHEMA_FIRST.exec(text)
  if (first !== null) return first[1]
  if (isNestedTooDeep(text)) return null
  try {
    const schema = valueAt(JSON.parse(text) as unknown, ['schema'])
    return typeof schema === 'string' ? schema : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function parseJson({ schemaId, code, what, source }: SavedKind, text: string, at: string): unknown {
  const hint = `Give the path of ${source}, complete and unedited.`
  const refuse = (expected: string, received: string, cause?: unknown): DefinitionError =>
    new DefinitionError(`${code}.json`, { at, expected, received, hint }, { cause })
  if (isNestedTooDeep(text)) throw refuse(`JSON of at most ${DEEPEST_JSON} nested levels`, 'more')
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

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, step) => {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step)) return undefined
    return Object.getOwnPropertyDescriptor(inner, step)?.value
  }, value)
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  return typeof value === 'object' ? 'a mapping' : quoted(value)
}
