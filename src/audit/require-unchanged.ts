import { auditId } from './audit-file/audit-id.js'
import { withPolicySha256 } from './definitions/policy.js'
import { DefinitionError } from './errors.js'
import type { AuditResult } from './types/audit.js'

/** Throws DefinitionError unless a saved audit is as it was written: its policy's hash and its id are those of their content. What is compared,
 *  gated or signed must be what was counted; one edited number would be a change of the model, a limit eased, a report nobody signed. */
export function requireUnchanged({ auditId: stated, facts, derived }: AuditResult, file: string): void {
  const { sha256 } = withPolicySha256(facts.policy)
  if (sha256 !== facts.policy.sha256)
    throw changed(file, 'facts.policy', `limits whose hash is ${facts.policy.sha256}`, `limits whose hash is ${sha256}`)
  if (auditId(facts, derived) !== stated)
    throw changed(file, 'auditId', 'the id of the content', 'that of other content')
}

function changed(at: string, field: string, expected: string, received: string): DefinitionError {
  const why = `${received}: the file was changed after it was written`
  const hint = 'See what is wrong with: probity verify'
  return new DefinitionError('audit.changed', { at, field, expected, received: why, hint })
}
