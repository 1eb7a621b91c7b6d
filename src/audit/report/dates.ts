import { printable } from './names.js'
import type { Locale } from './locale.js'

/** A recorded time to the minute by the pattern of the locale file, never by the runtime's: "2030-01-01 00:00 UTC". The time zone
 *  of the machine plays no part. What is not a recorded time is printed as it is. */
export function minuteText(iso: string, { text }: Pick<Locale, 'text'>): string {
  const slots = /^(?<year>\d{4})-(?<month2>\d{2})-(?<day2>\d{2})T(?<hour>\d{2}):(?<minute>\d{2})/.exec(iso)?.groups
  if (slots === undefined) return printable(iso)
  return text('dates.minute', { ...slots, ...withoutZeros(slots) })
}

/** A day, or the day of a recorded time, by the pattern of the locale file: "2030-01-01". */
export function dayText(iso: string, { text }: Pick<Locale, 'text'>): string {
  const slots = /^(?<year>\d{4})-(?<month2>\d{2})-(?<day2>\d{2})(?:T|$)/.exec(iso)?.groups
  if (slots === undefined) return printable(iso)
  return text('dates.day', { ...slots, ...withoutZeros(slots) })
}

function withoutZeros({ month2 = '', day2 = '' }: Readonly<Record<string, string>>): { month: string; day: string } {
  return { month: String(Number(month2)), day: String(Number(day2)) }
}
