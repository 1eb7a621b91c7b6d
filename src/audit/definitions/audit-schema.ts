import { z } from 'zod'
import { DefinitionError, quoted } from '../errors.js'
import type { AuditResult } from '../types/audit.js'
import { derivedSchema } from './audit-derived-schema.js'
import { factsSchema } from './audit-facts-schema.js'
import { runRecord } from './audit-shapes.js'
import { parseSaved, type SavedKind } from './saved-file.js'
import { printable } from './words.js'

const SCHEMA_ID = 'probity/audit@1'

/** The shape of audit.json. Fields that are not listed are allowed and ignored. */
export const auditSchema = z
  .looseObject({
    schema: z.literal(SCHEMA_ID),
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
  // the schema above has just said so (test/audit/definitions/audit-schema.test.ts holds the two together)
  const audit = parseSaved(SAVED_AUDIT, text, file) as AuditResult
  refuseGateDate(audit, file)
  return audit
}

/** A day where nothing expires, or none where something does, is no file that probity wrote. */
function refuseGateDate({ facts: { gateDate, policy } }: AuditResult, file: string): void {
  if ((gateDate !== undefined) === policy.waivers.length > 0) return
  throw new DefinitionError('audit.invalid', {
    at: printable(file),
    field: 'facts.gateDate',
    expected:
      gateDate === undefined
        ? 'the day of the run, since the policy has waivers'
        : 'nothing, since the policy has no waivers',
    received: gateDate === undefined ? 'nothing' : quoted(gateDate),
    hint: 'The file was changed after the run: ask for the one that was written.',
  })
}

const SAVED_AUDIT: SavedKind = {
  schema: auditSchema,
  schemaId: SCHEMA_ID,
  code: 'audit',
  what: 'a saved audit',
  source: 'an audit.json that probity audit wrote',
  outdated: {
    signs: [
      { path: ['facts', 'policy', 'failOn'], is: 'present' },
      { path: ['derived', 'gate', 'mode'], is: 'absent' },
    ],
    expected: 'mode, limits and waivers',
    hint: 'A draft of probity wrote it, in which policies had no limits yet: read it with that draft, or run the audit again.',
  },
}
