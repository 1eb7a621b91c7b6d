import { isExpired, type Signoff } from '../audit/types/signoff.js'
import { today } from './day.js'

/** Says on stderr that a report is past the day on which it should last be relied on. */
export function warnIfExpired(signoff: Signoff, on: string = today()): void {
  if (isExpired(signoff, on))
    process.stderr.write(`warning: the sign-off expired: it was to be relied on until ${signoff.expires ?? ''}.\n`)
}
