import { readAudit } from './audit-file/read-audit.js'
import { emptyFieldsOf, readSignoffFile, requireFits, type EmptyField } from './definitions/signoff.js'
import { requireUnchanged } from './require-unchanged.js'
import { signoffPath } from './read-signoff.js'
import type { AuditResult } from './types/audit.js'
import { isExpired } from './types/signoff.js'

export type SignoffCheck = {
  readonly status: 'draft' | 'final'
  /** No field of the sections 3, 5, 14 and 19 is blank, and the last day has not passed. */
  readonly mayBeFinal: boolean
  readonly expires: string | null
  readonly isExpired: boolean
  readonly blanks: readonly EmptyField[]
}

/** Lists what keeps the report of a saved audit from being final. `on`: the day on which expiry is judged, as 2027-11-27, or how it is found for the
 *  audit. Throws
 *  DefinitionError where there is no sign-off, and for one that is broken or of another audit. */
export async function runSignoffCheck(
  auditFile: string,
  given: string | null,
  on: string | ((audit: AuditResult) => string),
): Promise<SignoffCheck> {
  const audit = await readAudit(auditFile)
  requireUnchanged(audit, auditFile)
  const file = signoffPath(auditFile, given)
  const found = readSignoffFile({ file, shown: file })
  // what a final one lacks is what this lists, so it is held to the rest as if it were a draft
  requireFits({ ...found, signoff: { ...found.signoff, status: 'draft' } }, audit)
  const blanks = emptyFieldsOf(found, audit)
  const { status, expires } = found.signoff
  const expired = expires !== null && isExpired(found.signoff, typeof on === 'string' ? on : on(audit))
  return { status, mayBeFinal: blanks.length === 0 && !expired, expires, isExpired: expired, blanks }
}
