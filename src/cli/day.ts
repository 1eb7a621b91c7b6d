import { isCalendarDay } from '../audit/definitions/calendar-day.js'
import { DefinitionError, quoted } from '../audit/errors.js'

/** Today as 2027-11-27, in UTC, as reports give days. */
export function today(): string {
  return new Date().toISOString().slice(0, 10)
}

/** A day on which something certainly had happened. */
export type KnownDay = { readonly day: string; readonly what: string }

/** The day of `--on`, by which waivers and sign-offs are in force or expired; today where it is not given. Throws DefinitionError, also where the
 *  clock of this machine shows a day before one that has certainly been: what expires would be taken for what is in force. */
export function dayAsked(on: string | undefined, known: readonly KnownDay[] = []): string {
  if (on === undefined) return trustedDay(today(), known)
  if (isCalendarDay(on)) return on
  const fault = { at: 'command line', field: '--on', expected: 'a day such as 2027-11-27', received: quoted(on) }
  throw new DefinitionError('flag.on', fault)
}

const WRITTEN: KnownDay = { day: '2026-01-01', what: 'this program was written' }

/** The day that the clock shows. Throws DefinitionError where it lies more than a day before a known one: clocks of two machines may disagree
 *  about midnight, not about more. */
export function trustedDay(clock: string, known: readonly KnownDay[] = []): string {
  const later = [...known, WRITTEN].find(({ day }) => Date.parse(day) - Date.parse(clock) > A_DAY)
  if (later === undefined) return clock
  throw new DefinitionError('clock.suspicious', {
    at: 'the clock of this machine',
    expected: `a day after ${later.what} (${later.day})`,
    received: `${clock}: the clock is suspicious, and nothing can be said to be in force or expired by it`,
    hint: 'Set the clock, or name the day with --on',
  })
}

const A_DAY = 86_400_000 // milliseconds
