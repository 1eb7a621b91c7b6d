import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { FileState } from '../types/files.js'
import { errorCode } from './store-files.js'
import type { StoreFiles } from './store-files.js'

const MAGIC = Buffer.from('probity/file-hashes@1\n'.padEnd(32))
/** One file: path hash (16 bytes), size, mtime, ctime, inode (8 each), content hash (32), checksum (16). */
const ENTRY_BYTES = 96
const STATE_AT = 16
const HASH_AT = 48
const CHECKSUM_AT = 80

/** Entries of an index by the hash of the file's path, as they lie on disk. */
export type IndexEntries = ReadonlyMap<string, Buffer>

/** Where the index of a folder is kept. */
export function indexFile(folder: string, root: string): string {
  return join(folder, `${createHash('sha256').update(root).digest('hex').slice(0, 32)}.index`)
}

/** Reads an index, or null where there is none. `isWhole` is false where an entry, or the file, is not what was written: such entries are
 *  left out. Rejects with the system's error where there is a file that cannot be read. */
export async function readIndex(
  files: StoreFiles,
  path: string,
): Promise<{ readonly entries: IndexEntries; readonly isWhole: boolean } | null> {
  const bytes = await files.readFile(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return null
    throw error
  })
  if (bytes === null) return null
  const entries = new Map<string, Buffer>()
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return { entries, isWhole: false }
  let isWhole = (bytes.length - MAGIC.length) % ENTRY_BYTES === 0
  for (let start = MAGIC.length; start + ENTRY_BYTES <= bytes.length; start += ENTRY_BYTES) {
    const entry = bytes.subarray(start, start + ENTRY_BYTES)
    if (checksum(entry).equals(entry.subarray(CHECKSUM_AT))) entries.set(entry.toString('hex', 0, STATE_AT), entry)
    else isWhole = false
  }
  return { entries, isWhole }
}

/** The bytes of an index file with these entries. */
export function indexBytes(entries: IndexEntries): Buffer {
  return Buffer.concat([MAGIC, ...entries.values()])
}

/** Names are kept as hashes: a store tells nobody what its images are called. */
export function nameOf(path: string): string {
  return createHash('sha256').update(path).digest().toString('hex', 0, STATE_AT) // a slice of a string would keep the whole of it
}

export function writeEntry(name: string, state: FileState, sha256: string): Buffer {
  const entry = Buffer.allocUnsafe(ENTRY_BYTES).fill(0) // shares its memory with others: a run keeps one per image
  entry.write(name, 0, 'hex')
  stateBytes(state).copy(entry, STATE_AT)
  entry.write(sha256, HASH_AT, 'hex')
  checksum(entry).copy(entry, CHECKSUM_AT)
  return entry
}

/** The content hash of an entry. */
export function contentOf(entry: Buffer): string {
  return entry.toString('hex', HASH_AT, CHECKSUM_AT)
}

/** Whether the entry was written for a file in this very state. */
export function isOfState(entry: Buffer, state: FileState): boolean {
  return entry.subarray(STATE_AT, HASH_AT).equals(stateBytes(state))
}

function stateBytes({ size, mtimeNs, ctimeNs, ino }: FileState): Buffer {
  const bytes = Buffer.alloc(HASH_AT - STATE_AT)
  ;[size, mtimeNs, ctimeNs, ino].forEach((value, index) => bytes.writeBigUInt64LE(BigInt.asUintN(64, value), index * 8))
  return bytes
}

function checksum(entry: Buffer): Buffer {
  const hash = createHash('sha256').update(MAGIC).update(entry.subarray(0, CHECKSUM_AT)).digest()
  return hash.subarray(0, ENTRY_BYTES - CHECKSUM_AT)
}
