import { AUDIT_FORM, requireGateDay } from '../definitions/audit-form.js'
import { preparedAuditShape } from '../definitions/prepared-audit-shape.js'
import { parseForm } from '../definitions/saved-form.js'
import type { AuditResult } from '../types/audit.js'

/** The audit that the text of a saved file holds; `file` is for messages. The schema, which takes as long to load as an audit to read, has the last word on
 *  what is refused and is loaded for that alone (docs/decisions/0045). Throws DefinitionError as `parseAudit`. */
export async function savedAudit(text: string, file: string): Promise<AuditResult> {
  const value = parseForm(AUDIT_FORM, text, file)
  if (preparedAuditShape()?.(value) !== true) {
    const { auditFrom } = await import('../definitions/audit-schema.js')
    return auditFrom(value, file)
  }
  const audit = value as AuditResult // its shape has just been seen (test/audit/definitions/shape.test.ts holds shape and schema together)
  requireGateDay(audit, file)
  return audit
}
