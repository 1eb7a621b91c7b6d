import { isCalendarDay } from '../audit/definitions/calendar-day.js'
import { DefinitionError, quoted } from '../audit/errors.js'

/** Today as 2027-11-27, in UTC, as reports give days. */
export function today(): string {
  return new Date().toISOString().slice(0, 10)
}

/** The day of `--on`, by which waivers and sign-offs are in force or expired; today where it is not given. Throws DefinitionError. */
export function dayAsked(on: string | undefined): string {
  if (on === undefined) return today()
  if (isCalendarDay(on)) return on
  const fault = { at: 'command line', field: '--on', expected: 'a day such as 2027-11-27', received: quoted(on) }
  throw new DefinitionError('flag.on', fault)
}
