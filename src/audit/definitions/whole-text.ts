import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { DefinitionError } from '../errors.js'
import { looksLike, notUtf8, probableEncoding } from './other-encoding.js'
import { printable } from './words.js'

/** What is read, and how it is refused. */
export type WholeText = {
  /** `a YAML file`. */
  readonly what: string
  readonly mostBytes: number
  /** Error code of what cannot be read. */
  readonly code: string
  /** Said where nothing can be read at that path. */
  readonly hint: string
}

/** The text of an ordinary file that is read as a whole, without its byte-order mark. `shown` is the name in messages. Reads no more than the file
 *  had when it was opened, and never waits for a pipe. Throws DefinitionError for anything else than UTF-8 text of the allowed size. */
export function readWholeText(file: string, shown: string, { what, mostBytes, code, hint }: WholeText): string {
  const at = printable(shown)
  const refuse = (expected: string, received: string, how?: string, where = at): DefinitionError =>
    new DefinitionError(code, { at: where, expected, received, ...(how === undefined ? {} : { hint: how }) })
  if (file.includes('\0')) throw refuse('a path', 'one with a NUL character')
  const bytes = readBytes(file, mostBytes)
  if (typeof bytes === 'string') throw refuse(what, bytes, hint)
  if (typeof bytes === 'number')
    throw refuse(`${what} of at most ${mostBytes.toLocaleString('en')} bytes`, `${bytes} bytes`)
  const broken = notUtf8(bytes)
  if (broken === null) return new TextDecoder('utf-8').decode(bytes)
  const probable = probableEncoding(broken.bytes)
  const received = `bytes that are not UTF-8${looksLike(probable)}`
  const line = probable === 'utf-16' ? at : `${at}:${broken.line}`
  throw refuse('UTF-8 text', received, 'Save the file with the encoding UTF-8.', line)
}

/** The bytes; their number where they are too many; in words what stands there where it is no file to read. */
function readBytes(path: string, most: number): Uint8Array | number | string {
  let file: number
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK) // a pipe without a writer does not hold us up
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException // openSync throws nothing else
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'a path where nothing is'
    if (code === 'EACCES' || code === 'EPERM') return 'a file that may not be read'
    if (code === 'ENXIO') return 'something that is not a file'
    if (code === 'ELOOP') return 'a link that leads back to itself'
    if (code === 'ENAMETOOLONG') return 'a path that is too long'
    throw error
  }
  try {
    const found = fstatSync(file)
    if (!found.isFile()) return found.isDirectory() ? 'a folder' : 'something that is not a file'
    if (found.size > most) return found.size
    const bytes = new Uint8Array(found.size)
    let filled = 0
    for (let read = -1; read !== 0 && filled < bytes.length; filled += read)
      read = readSync(file, bytes, filled, bytes.length - filled, null)
    return bytes.subarray(0, filled)
  } finally {
    closeSync(file)
  }
}
