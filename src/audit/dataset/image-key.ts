import { posix } from 'node:path'

/** One key for all spellings of one image path: NFC (macOS writes Hangul decomposed), and without `./` or doubled slashes. */
export function imageKey(name: string): string {
  return AS_IT_IS.test(name) ? name : posix.normalize(toNfc(name))
}

/** ASCII whose folders and file do not begin with a dot: most names, and a million of them are looked up. */
// eslint-disable-next-line no-control-regex -- all of ASCII but NUL is meant
const AS_IT_IS = /^(?:[\x01-\x2d\x30-\x7f][\x01-\x2e\x30-\x7f]*\/)*[\x01-\x2d\x30-\x7f][\x01-\x2e\x30-\x7f]*$/

/** NFC of a name; most names are ASCII, where there is nothing to do. */
export function toNfc(name: string): string {
  // eslint-disable-next-line no-control-regex -- the whole of ASCII is meant
  return /^[\u0000-\u007f]*$/.test(name) ? name : name.normalize('NFC')
}
