import { parseAudit } from '../definitions/audit-schema.js'
import { isCurve, parseCurve } from '../definitions/curve-schema.js'
import type { AuditResult } from '../types/audit.js'
import type { CurveResult } from '../types/curve.js'
import { readSavedText } from '../definitions/saved-text.js'

/** A saved result of either kind, told by its field `schema`. */
export type SavedResult =
  { readonly kind: 'audit'; readonly result: AuditResult } | { readonly kind: 'curve'; readonly result: CurveResult }

/** Reads a saved audit.json or curve.json. Throws DefinitionError when the file is missing, is not JSON or has the shape of neither. */
// eslint-disable-next-line @typescript-eslint/require-await -- a caller must not count on the file being read at once
export async function readResult(file: string): Promise<SavedResult> {
  const text = readSavedText(file)
  return isCurve(text)
    ? { kind: 'curve', result: parseCurve(text, file) }
    : { kind: 'audit', result: parseAudit(text, file) }
}
