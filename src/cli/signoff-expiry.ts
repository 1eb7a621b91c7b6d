import { DefinitionError } from '../audit/errors.js'
import type { AuditResult } from '../audit/types/audit.js'
import { isExpired, type Signoff } from '../audit/types/signoff.js'
import { dayAsked } from './day.js'
import { dayOfRun } from './gate-choice.js'

/** How the day is found by which a sign-off is in force or expired: the one of `--on`, else today. Throws DefinitionError where `--on` is no day, and when
 *  asked where the clock shows a day before the audit was made. */
export function expiryDay(on: string | undefined): (audit: AuditResult) => string {
  const named = on === undefined ? null : dayAsked(on)
  return (audit) => named ?? dayAsked(undefined, [dayOfRun(audit)])
}

/** Says on stderr that a report is past the day on which it should last be relied on, or that this clock cannot tell. */
export function warnIfExpired(audit: AuditResult, signoff: Signoff): void {
  if (signoff.expires === null) return
  try {
    if (isExpired(signoff, expiryDay(undefined)(audit)))
      process.stderr.write(`warning: the sign-off expired: it was to be relied on until ${signoff.expires}.\n`)
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error
    process.stderr.write(`warning: ${error.message}\n`) // a report can be written by any clock
  }
}
