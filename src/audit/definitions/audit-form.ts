import { DefinitionError, quoted } from '../errors.js'
import type { AuditResult } from '../types/audit.js'
import type { SavedForm } from './saved-form.js'
import { printable } from './words.js'

/** How an audit.json is told from other files. */
export const AUDIT_FORM = {
  schemaId: 'probity/audit@1',
  code: 'audit',
  what: 'a saved audit',
  source: 'an audit.json that probity audit wrote',
} as const satisfies SavedForm

/** Throws DefinitionError for a day where nothing expires, or none where something does: that is no file that probity wrote. */
export function requireGateDay({ facts: { gateDate, policy } }: AuditResult, file: string): void {
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
