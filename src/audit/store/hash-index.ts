import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { errorCode } from '../disk/error-code.js'
import type { FileState } from '../types/files.js'
import { RecordTable } from './record-table.js'
import type { StoreFiles } from './store-files.js'

const MAGIC = Buffer.from('probity/file-hashes@1\n'.padEnd(32))
/** One file: path hash (16 bytes), size, mtime, ctime, inode (8 each), content hash (32), checksum (16). */
const ENTRY_BYTES = 96
const NAME_BYTES = 16
const STATE_AT = NAME_BYTES
const INODE_AT = 40
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

/** `isComplete` is false where entries were lost to damage: now, or before the index was last written. */
export type HashIndex = { readonly entries: RecordTable; readonly isComplete: boolean }

/** Reads an index, or null where there is none. Entries that are not what was written are left out; what stands behind the last one harms nothing.
 *  Rejects with the system's error where there is a file that cannot be read. */
export async function readIndex(files: StoreFiles, path: string): Promise<HashIndex | null> {
  const bytes = await files.readFile(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return null
    throw error
  })
  if (bytes === null) return null
  const entries = noEntries()
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return { entries, isComplete: false }
  let isWhole = (bytes.length - MAGIC.length) % ENTRY_BYTES === 0
  let due: number | null = null
  for (let start = MAGIC.length; start + ENTRY_BYTES <= bytes.length; start += ENTRY_BYTES) {
    const entry = bytes.subarray(start, start + ENTRY_BYTES)
    if (!checksum(entry).equals(entry.subarray(CHECKSUM_AT))) isWhole = false
    else if (entry.subarray(0, NAME_BYTES).equals(COUNT)) due = dueOf(entry)
    else entries.put(entry)
  }
  // one without a count was written by an earlier draft, or lost it
  return { entries, isComplete: due === null ? isWhole && entries.size > 0 : due === entries.size }
}

/** The bytes of an index file with these entries. First stands how many they are, so that a cut is seen wherever it falls, or that some are lost for
 *  good: an index that is written again must not pass for whole. */
export function indexBytes({ entries, isComplete }: HashIndex): Buffer {
  const count = writeEntry(
    COUNT,
    { ...NO_STATE, size: BigInt(entries.size), ino: isComplete ? 0n : 1n },
    '00'.repeat(32),
  )
  return Buffer.concat([MAGIC, count, ...entries.bytes()])
}

/** How many entries should follow; NaN, which no number equals, where some were lost before. */
function dueOf(count: Buffer): number {
  const isComplete = count.readBigUInt64LE(INODE_AT) === 0n
  return isComplete ? Number(count.readBigUInt64LE(STATE_AT)) : NaN
}

/** Names are kept as hashes: a store tells nobody what its images are called. */
export function nameOf(path: string): Buffer {
  return createHash('sha256').update(path).digest().subarray(0, NAME_BYTES)
}

/** The name under which an index says how many entries it has: no path is called so. */
const COUNT = nameOf('\0count')

/** Of what is no file. */
export const NO_STATE: FileState = { size: 0n, mtimeNs: 0n, ctimeNs: 0n, ino: 0n }

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
