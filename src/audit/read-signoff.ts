import { readSignoffFile, requireFits, type SignoffFile } from './definitions/signoff.js'
import { DefinitionError } from './errors.js'
import { requireUnchanged } from './require-unchanged.js'
import { besideAudit, signoffPlace } from './signoff-place.js'
import type { AuditResult } from './types/audit.js'

/** The sign-off of a saved audit: the file that is named, else signoff.yaml beside the audit; null where there is none. Throws
 *  DefinitionError for a file that is broken, of another audit or one that was changed since, or final with a blank field that a final report needs. */
export function readSignoff(auditFile: string, audit: AuditResult, given: string | null = null): SignoffFile | null {
  const file = signoffPlace(auditFile, given)
  if (file === null) return null
  const found = readSignoffFile({ file, shown: file })
  requireUnchanged(audit, auditFile)
  requireFits(found, audit)
  return found
}

/** The path of the sign-off of a saved audit. Throws DefinitionError where none was named and none lies beside the audit. */
export function signoffPath(auditFile: string, given: string | null): string {
  const file = signoffPlace(auditFile, given)
  if (file !== null) return file
  const hint = `Write one with: probity signoff new ${auditFile}`
  const expected = 'a sign-off of this audit'
  throw new DefinitionError('signoff.absent', { at: besideAudit(auditFile), expected, received: 'no such file', hint })
}
