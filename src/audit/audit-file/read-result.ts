import { isCurve } from '../definitions/curve-form.js'
import { readSavedText } from '../definitions/saved-text.js'
import type { AuditResult } from '../types/audit.js'
import type { CurveResult } from '../types/curve.js'
import { savedAudit } from './saved-audit.js'

/** A saved result of either kind, told by its field `schema`. */
export type SavedResult =
  { readonly kind: 'audit'; readonly result: AuditResult } | { readonly kind: 'curve'; readonly result: CurveResult }

/** Reads a saved audit.json or curve.json. Throws DefinitionError when the file is missing, is not JSON or has the shape of neither. */
export async function readResult(file: string): Promise<SavedResult> {
  const text = readSavedText(file)
  if (!isCurve(text)) return { kind: 'audit', result: await savedAudit(text, file) }
  const { parseCurve } = await import('../definitions/curve-schema.js')
  return { kind: 'curve', result: parseCurve(text, file) }
}
