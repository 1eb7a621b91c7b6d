import { isExpired, type Signoff } from '../audit/types/signoff.js'

/** Today as 2027-11-27, in UTC, as reports give days. */
export function today(): string {
  return new Date().toISOString().slice(0, 10)
}

/** Says on stderr that a report is past the day on which it should last be relied on. */
export function warnIfExpired(signoff: Signoff, on: string = today()): void {
  if (isExpired(signoff, on))
    process.stderr.write(`warning: the sign-off expired: it was to be relied on until ${signoff.expires ?? ''}.\n`)
}
