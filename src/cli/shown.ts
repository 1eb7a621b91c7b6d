import { relative } from 'node:path'
import { withoutCredentials } from '../audit/definitions/read-queue-address.js'
import { escaped, quoted } from '../audit/errors.js'
import { shortenHomes, shownFolder } from './home-folder.js'

/** A path as a reader wants it: relative where it lies below the working folder, and nothing in it that a terminal obeys. */
export function shownPath(path: string): string {
  const short = relative(process.cwd(), path)
  return escaped(short === '' || short.startsWith('..') ? shownFolder(path) : short)
}

/** An argument as one would type it again, with the home folder shortened: before any quotes, where a shell lengthens it again. */
export function shownArgument(argument: string): string {
  const short = shortenHomes(argument)
  if (/^[\w@%+=:,./~-]+$/.test(short)) return short
  return short.startsWith('~/') ? `~/${inQuotes(short.slice(2))}` : inQuotes(short)
}

function inQuotes(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** The command that is running, as one would type it again, but for passwords. */
export function commandLine(): string {
  return ['probity', ...process.argv.slice(2).flatMap(apart)].map(withoutCredentials).map(shownArgument).join(' ')
}

/** `--out=/home/ada/run` in two pieces: a shell lengthens `~` at the start of a word alone. */
function apart(argument: string): string[] {
  const [, flag, value] = /^(--[a-z-]+)=(.+)$/s.exec(argument) ?? []
  return flag === undefined || value === undefined || shownFolder(value) === value ? [argument] : [flag, value]
}

/** Lines of which parts are somebody else's words, without anything in them that a terminal obeys. */
export function shownLines(text: string): string {
  return text.split('\n').map(escaped).join('\n')
}

/** A name that somebody else chose, on one line and without control characters. */
export function shownName(name: unknown): string {
  return quoted(String(name)).slice(1, -1)
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB']

/** A size in bytes, in thousands. */
export function shownBytes(bytes: number): string {
  const isLast = (power: number): boolean => power === UNITS.length - 1
  let power = 0
  while (bytes / 1000 ** power >= 999.5 && !isLast(power)) power++ // what would be printed as 1000 is 1 of the next
  const value = bytes / 1000 ** power
  return `${power === 0 || value >= 99.95 ? value.toFixed(0) : value.toFixed(1)} ${UNITS[power]}`
}
