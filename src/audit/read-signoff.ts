import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readSignoffFile, requireFits, type SignoffFile } from './definitions/signoff.js'
import { DefinitionError } from './errors.js'
import { requireUnchanged } from './require-unchanged.js'
import type { AuditResult } from './types/audit.js'

const SIGNOFF_FILE = 'signoff.yaml'

/** Where the sign-off of a saved audit stands unless another file is named: signoff.yaml beside it. */
export function besideAudit(auditFile: string): string {
  return join(dirname(auditFile), SIGNOFF_FILE)
}

/** The sign-off of a saved audit: the file that is named, else signoff.yaml beside the audit; null where there is none. Throws
 *  DefinitionError for a file that is broken, of another audit or one that was changed since, or final with a blank field that a final report needs. */
export function readSignoff(auditFile: string, audit: AuditResult, given: string | null = null): SignoffFile | null {
  const file = given ?? besideAudit(auditFile)
  if (given === null && !existsSync(file)) return null
  const found = readSignoffFile({ file, shown: file })
  requireUnchanged(audit, auditFile)
  requireFits(found, audit)
  return found
}

/** The path of the sign-off of a saved audit. Throws DefinitionError where none was named and none lies beside the audit. */
export function signoffPath(auditFile: string, given: string | null): string {
  const file = given ?? besideAudit(auditFile)
  if (given !== null || existsSync(file)) return file
  const hint = `Write one with: probity signoff new ${auditFile}`
  const expected = 'a sign-off of this audit'
  throw new DefinitionError('signoff.absent', { at: file, expected, received: 'no such file', hint })
}
