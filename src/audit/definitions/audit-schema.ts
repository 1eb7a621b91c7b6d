import { z } from 'zod'
import type { AuditResult } from '../types/audit.js'
import { derivedSchema } from './audit-derived-schema.js'
import { factsSchema } from './audit-facts-schema.js'
import { AUDIT_FORM, requireGateDay } from './audit-form.js'
import { runRecord } from './audit-shapes.js'
import { requireShape, type SavedKind } from './saved-file.js'
import { parseForm } from './saved-form.js'

/** The shape of audit.json. Fields that are not listed are allowed and ignored. */
export const auditSchema = z
  .looseObject({
    schema: z.literal(AUDIT_FORM.schemaId),
    auditId: z.string(),
    facts: factsSchema,
    derived: derivedSchema,
    run: runRecord,
  })
  .meta({ title: 'Probity audit', description: 'The result of an audit: facts, what follows from them, and the run.' })

/** Reads the text of a saved audit. `file` is for messages. Only its shape is checked, and that it has a day for its waivers; `verify`
 *  recomputes what it says.
 *  Throws DefinitionError with all faults. */
export function parseAudit(text: string, file: string): AuditResult {
  return auditFrom(parseForm(AUDIT_FORM, text, file), file)
}

/** The audit that a value is, of the text that {@link parseForm} read. Throws DefinitionError with all faults. */
export function auditFrom(value: unknown, file: string): AuditResult {
  requireShape(SAVED_AUDIT, value, file)
  // the schema above has just said so (test/audit/definitions/audit-schema.test.ts holds the two together)
  const audit = value as AuditResult
  requireGateDay(audit, file)
  return audit
}

const SAVED_AUDIT: SavedKind = {
  ...AUDIT_FORM,
  schema: auditSchema,
  outdated: {
    signs: [
      { path: ['facts', 'policy', 'failOn'], is: 'present' },
      { path: ['derived', 'gate', 'mode'], is: 'absent' },
    ],
    expected: 'mode, limits and waivers',
    hint: 'A draft of probity wrote it, in which policies had no limits yet: read it with that draft, or run the audit again.',
  },
}
