import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { FileState } from '../types/files.js'
import type { StoreFiles } from './store-files.js'
import type { StoreNotice } from './vector-space.js'
import { writeWhole } from './whole-file.js'

/**
 * Content hashes of the files below one folder, so that a known file is not opened again. A hash counts only while the file's size,
 * times and inode are those of the moment it was read, and only if the file was not changed shortly before: a second change
 * within the resolution of the disk's clock would leave them as they are.
 */
export type FileHashes = {
  /** SHA-256 of the content, in hexadecimal, or null where the file must be read. */
  readonly known: (path: string, state: FileState) => string | null
  /** The clock, to be looked at before a file is read. */
  readonly now: () => number
  /** `state` must be from before the content was read, at `asOf`, and have been the same afterwards. */
  readonly remember: (path: string, state: FileState, sha256: string, asOf: number) => void
  /** Notes what a vector is kept under where that is no hash of a file below the folder as it lies there: of a box, of an image inside a
   *  container, of a file that was replaced. Nothing is found by it; it says what to delete with the folder. */
  readonly keep: (key: string) => void
  /** Saves what is new, if it is much beside what is saved already: called while work goes on, its total cost stays small. */
  readonly saveIfGrown: () => Promise<void>
  readonly save: () => Promise<void>
  /** Every content hash that is kept, and every key that was noted. */
  readonly contents: () => string[]
}

export type FileHashesOptions = {
  readonly files: StoreFiles
  /** Folder of the index files. */
  readonly folder: string
  /** Folder that the hashed files lie in; each has an index of its own. */
  readonly root: string
  /** Wall clock in milliseconds. */
  readonly now: () => number
  /** Distrust what is saved: every file is read again. What was noted stays: it says what to delete. */
  readonly rehash: boolean
  readonly onNotice: (notice: StoreNotice) => void
}

const MAGIC = Buffer.from('probity/file-hashes@1\n'.padEnd(32))
/** One file: path hash (16 bytes), size, mtime, ctime, inode (8 each), content hash (32), checksum (16). */
const ENTRY_BYTES = 96
const STATE_AT = 16
const HASH_AT = 48
const CHECKSUM_AT = 80
const NO_STATE: FileState = { size: 0n, mtimeNs: 0n, ctimeNs: 0n, ino: 0n }
const SETTLED_MS = 2_000 // the coarsest clock of a disk in use (FAT)
const LEAST_TO_SAVE = 1_024

/** Reads the index of a folder. One that is missing, damaged or of another format counts as empty, entry by entry. */
export async function openFileHashes(options: FileHashesOptions): Promise<FileHashes> {
  const { files, folder, root, now, rehash, onNotice } = options
  const path = indexFile(folder, root)
  const entries = await readIndex(files, path)
  const distrusted = new Set(rehash ? entries.keys() : [])
  let saved = entries.size
  let unsaved = 0
  let lastTurn: Promise<void> = Promise.resolve()
  const write = async (): Promise<void> => {
    if (unsaved === 0) return
    const written = unsaved
    try {
      await files.mkdir(folder, { recursive: true, mode: 0o700 })
      await writeWhole(files, path, Buffer.concat([MAGIC, ...entries.values()]))
    } catch {
      onNotice({ kind: 'index-not-saved', count: 1 }) // without an index files are read again, and no run fails for that
    }
    saved = entries.size
    unsaved -= written
  }
  const save = (): Promise<void> => (lastTurn = lastTurn.then(write)) // one at a time: all use one temporary name
  const keep = (key: string): void => {
    const name = nameOf(`vector ${key}`)
    if (entries.has(name)) return
    entries.set(name, writeEntry(name, NO_STATE, key))
    unsaved++
  }
  return {
    known: (file, state) => {
      const name = nameOf(file)
      const entry = distrusted.has(name) ? undefined : entries.get(name)
      if (entry === undefined || !entry.subarray(STATE_AT, HASH_AT).equals(stateBytes(state))) return null
      return entry.toString('hex', HASH_AT, CHECKSUM_AT)
    },
    now,
    remember: (file, state, sha256, asOf) => {
      if (!isSettled(state, asOf)) return keep(sha256)
      const name = nameOf(file)
      const before = entries.get(name)?.toString('hex', HASH_AT, CHECKSUM_AT) ?? sha256
      if (before !== sha256) keep(before)
      distrusted.delete(name)
      entries.set(name, writeEntry(name, state, sha256))
      unsaved++
    },
    keep,
    saveIfGrown: async () => {
      if (unsaved >= Math.max(LEAST_TO_SAVE, saved / 4)) await save()
    },
    save,
    contents: () => [...entries.values()].map((entry) => entry.toString('hex', HASH_AT, CHECKSUM_AT)),
  }
}

/** Where the index of a folder is kept. */
export function indexFile(folder: string, root: string): string {
  return join(folder, `${createHash('sha256').update(root).digest('hex').slice(0, 32)}.index`)
}

/** For runs without a store: nothing is known, and nothing is kept. */
export const noFileHashes: FileHashes = {
  known: () => null,
  now: () => 0,
  remember: () => undefined,
  keep: () => undefined,
  saveIfGrown: () => Promise.resolve(),
  save: () => Promise.resolve(),
  contents: () => [],
}

async function readIndex(files: StoreFiles, path: string): Promise<Map<string, Buffer>> {
  const bytes = await files.readFile(path).catch(() => Buffer.alloc(0))
  const entries = new Map<string, Buffer>()
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return entries
  for (let start = MAGIC.length; start + ENTRY_BYTES <= bytes.length; start += ENTRY_BYTES) {
    const entry = bytes.subarray(start, start + ENTRY_BYTES)
    if (checksum(entry).equals(entry.subarray(CHECKSUM_AT))) entries.set(entry.toString('hex', 0, STATE_AT), entry)
  }
  return entries
}

/** Names are kept as hashes: a store tells nobody what its images are called. */
function nameOf(path: string): string {
  return createHash('sha256')
    .update(path)
    .digest('hex')
    .slice(0, 2 * STATE_AT)
}

function writeEntry(name: string, state: FileState, sha256: string): Buffer {
  const entry = Buffer.alloc(ENTRY_BYTES)
  entry.write(name, 0, 'hex')
  stateBytes(state).copy(entry, STATE_AT)
  entry.write(sha256, HASH_AT, 'hex')
  checksum(entry).copy(entry, CHECKSUM_AT)
  return entry
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

function isSettled({ mtimeNs, ctimeNs }: FileState, asOf: number): boolean {
  const changedMs = Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n)
  return changedMs + SETTLED_MS < asOf
}
