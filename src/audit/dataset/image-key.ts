import { posix } from 'node:path'

/** One key for all spellings of one image path: NFC (macOS writes Hangul decomposed), and without `./` or doubled slashes. */
export function imageKey(name: string): string {
  return posix.normalize(toNfc(name))
}

/** NFC of a name; most names are ASCII, where there is nothing to do. */
export function toNfc(name: string): string {
  // eslint-disable-next-line no-control-regex -- the whole of ASCII is meant
  return /^[\u0000-\u007f]*$/.test(name) ? name : name.normalize('NFC')
}
