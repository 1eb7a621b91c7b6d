import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { FileState } from '../types/files.js'
import { RecordTable } from './record-table.js'
import { errorCode } from './store-files.js'
import type { StoreFiles } from './store-files.js'

const MAGIC = Buffer.from('probity/file-hashes@1\n'.padEnd(32))
/** One file: path hash (16 bytes), size, mtime, ctime, inode (8 each), content hash (32), checksum (16). */
const ENTRY_BYTES = 96
const NAME_BYTES = 16
const STATE_AT = NAME_BYTES
const HASH_AT = 48
const CHECKSUM_AT = 80

/** No entries of an index yet. They are found by the hash of the file's path, and are kept as they lie on disk. */
export const noEntries = (): RecordTable => new RecordTable(NAME_BYTES, ENTRY_BYTES)

/** No names of files yet. */
export const noNames = (): RecordTable => new RecordTable(NAME_BYTES)

/** Where the index of a folder is kept. */
export function indexFile(folder: string, root: string): string {
  return join(folder, `${createHash('sha256').update(root).digest('hex').slice(0, 32)}.index`)
}

/** Reads an index, or null where there is none. `isWhole` is false where an entry, or the file, is not what was written: such entries are
 *  left out. Rejects with the system's error where there is a file that cannot be read. */
export async function readIndex(
  files: StoreFiles,
  path: string,
): Promise<{ readonly entries: RecordTable; readonly isWhole: boolean } | null> {
  const bytes = await files.readFile(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return null
    throw error
  })
  if (bytes === null) return null
  const entries = noEntries()
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return { entries, isWhole: false }
  let isWhole = (bytes.length - MAGIC.length) % ENTRY_BYTES === 0
  for (let start = MAGIC.length; start + ENTRY_BYTES <= bytes.length; start += ENTRY_BYTES) {
    const entry = bytes.subarray(start, start + ENTRY_BYTES)
    if (checksum(entry).equals(entry.subarray(CHECKSUM_AT))) entries.put(entry)
    else isWhole = false
  }
  return { entries, isWhole }
}

/** The bytes of an index file with these entries. */
export function indexBytes(entries: RecordTable): Buffer {
  return Buffer.concat([MAGIC, ...entries.bytes()])
}

/** Names are kept as hashes: a store tells nobody what its images are called. */
export function nameOf(path: string): Buffer {
  return createHash('sha256').update(path).digest().subarray(0, NAME_BYTES)
}

/** The entry of a file, to be put among the others. */
export function writeEntry(name: Buffer, state: FileState, sha256: string): Buffer {
  const entry = Buffer.alloc(ENTRY_BYTES)
  name.copy(entry)
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
