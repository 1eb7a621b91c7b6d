import type { z } from 'zod'
import { DefinitionError } from '../errors.js'
import { expectedBy, faultsOfIssue } from './issue-faults.js'
import { describe, parseForm, valueAt, type SavedForm } from './saved-form.js'
import { printable } from './words.js'
import type { Path } from './yaml-place.js'

/** A kind of result that probity saves as JSON. */
export type SavedKind = SavedForm & {
  readonly schema: z.ZodType
  /** How the file of an earlier draft is told: a field that has gone since, or one that has come. A file with any of the signs that does not
   *  fit is refused with this in one sentence. */
  readonly outdated?: { readonly signs: readonly Sign[]; readonly expected: string; readonly hint: string }
}

/** The field at the end of the path is there, or its parent is there without it. */
type Sign = { readonly path: Path; readonly is: 'present' | 'absent' }

/** Reads the text of a saved result and checks its shape; `file` is for messages. Returns the value as it was parsed and not zod's copy: in a copy keys
 *  may stand in another order, and ids are over their order. Throws DefinitionError with all faults. */
export function parseSaved(kind: SavedKind, text: string, file: string): unknown {
  const value = parseForm(kind, text, file)
  requireShape(kind, value, file)
  return value
}

/** Throws DefinitionError with all faults unless a value has the shape of its kind. */
export function requireShape(kind: SavedKind, value: unknown, file: string): void {
  const result = kind.schema.safeParse(value, { error: expectedBy })
  if (result.success) return
  const at = printable(file)
  refuseOutdated(kind, value, at)
  const source = {
    placeOf: () => at,
    receivedAt: (path: Path) => describe(valueAt(value, path)),
    textAt: () => null,
  }
  const faults = result.error.issues.flatMap((issue) => faultsOfIssue(issue, source))
  throw new DefinitionError(`${kind.code}.invalid`, faults)
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
