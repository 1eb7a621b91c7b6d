import { auditId } from './audit-file/audit-id.js'
import { DefinitionError, quoted } from './errors.js'
import type { AuditResult } from './types/audit.js'

/** Throws DefinitionError unless the audit's id is that of its content: nobody has signed what was changed after it was made. */
export function requireUnchanged({ auditId: stated, facts, derived }: AuditResult, file: string): void {
  const own = auditId(facts, derived)
  if (stated === own) return
  throw new DefinitionError('signoff.changed-audit', {
    at: file,
    field: 'auditId',
    expected: `the id of what the file holds (${quoted(own)})`,
    received: quoted(stated),
    hint: 'The file was changed after the audit, so no sign-off holds for it. See what differs: probity verify',
  })
}
