import { parseAudit } from '../definitions/audit-schema.js'
import { isCurve, parseCurve } from '../definitions/curve-schema.js'
import type { AuditResult } from '../types/audit.js'
import type { CurveResult } from '../types/curve.js'
import { readSavedText } from './read-audit.js'

/** A saved result of either kind, told by its field `schema`. */
export type SavedResult =
  { readonly kind: 'audit'; readonly result: AuditResult } | { readonly kind: 'curve'; readonly result: CurveResult }

/** Reads a saved audit.json or curve.json. Throws DefinitionError when the file is missing, is not JSON or has the shape of neither. */
export async function readResult(file: string): Promise<SavedResult> {
  const text = await readSavedText(file)
  return isCurve(text)
    ? { kind: 'curve', result: parseCurve(text, file) }
    : { kind: 'audit', result: parseAudit(text, file) }
}
