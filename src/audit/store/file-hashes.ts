import type { FileState } from '../types/files.js'
import { removeLeftovers } from '../disk/leftovers.js'
import { writeWhole } from '../disk/whole-file.js'
import {
  contentOf,
  indexBytes,
  indexFile,
  isOfState,
  nameOf,
  NO_STATE,
  noEntries,
  noNames,
  readIndex,
  writeEntry,
} from './hash-index.js'
import { makeFolder } from './make-folder.js'
import type { RecordTable } from './record-table.js'
import type { StoreFiles } from './store-files.js'
import { lockSpace } from './store-lock.js'
import type { NoLock, StoreLock } from './store-lock.js'
import type { StoreNotice } from './vector-space.js'

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
  /** Why `contents` may lack some of what was saved: the system's error, or DamagedIndex; null where it lacks nothing. Who only looks for
   *  known files reads the others again; who deletes what was noted must not go on. */
  readonly fault: Error | null
}

/** Entries of an index were lost to damage, now or before it was last written: nobody knows what they noted. */
export class DamagedIndex extends Error {
  override readonly name = 'DamagedIndex'
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

const SETTLED_MS = 2_000 // the coarsest clock of a disk in use (FAT)
const LEAST_TO_SAVE = 1_024

/** Reads the index of a folder. One that is missing, damaged or of another format counts as empty, entry by entry. */
export async function openFileHashes(options: FileHashesOptions): Promise<FileHashes> {
  const { files, folder, root, now, rehash, onNotice } = options
  const path = indexFile(folder, root)
  const { entries, fault } = await readSaved(files, path)
  let isComplete = true
  const readAgain = noNames() // the files that count as known although nothing that was saved is trusted
  /** What this process changed since it last saved: the rest of the file may be another's by now. */
  let changed = noNames()
  let unsaved = noNames() // what an earlier saving failed to keep goes along with the next
  let saved = entries.size
  let lastTurn: Promise<void> = Promise.resolve()
  const keep = (key: string): void => {
    const name = nameOf(`vector ${key}`)
    if (entries.has(name)) return
    entries.put(writeEntry(name, NO_STATE, key))
    changed.put(name)
  }
  /** Takes in what another process saved meanwhile: what it noted must not be forgotten. */
  const takeIn = async (mine: RecordTable): Promise<void> => {
    const found = await readIndex(files, path)
    isComplete = found?.isComplete ?? true // the file alone says it: a purge may have made an end of what was lost
    for (const entry of found?.entries ?? []) {
      const ours = entries.get(entry)
      if (ours !== undefined && mine.has(entry)) {
        if (contentOf(ours) !== contentOf(entry)) keep(contentOf(entry))
      } else if (!changed.has(entry)) entries.put(entry)
    }
  }
  const write = async (mayWait: boolean): Promise<void> => {
    if (changed.size === 0) return
    let lock: StoreLock | NoLock
    try {
      await makeFolder(files, folder)
      lock = await lockIndex(files, folder, mayWait)
    } catch {
      return onNotice({ kind: 'index-not-saved', count: 1 })
    }
    if (lock === 'held') return // whoever has it saves; what is new here goes along with the next
    const mine = unsaved
    for (const name of changed) mine.put(name)
    changed = noNames()
    unsaved = noNames()
    try {
      await takeIn(mine)
      await removeLeftovers(files, folder)
      await writeWhole(files, path, indexBytes({ entries, isComplete }))
    } catch {
      unsaved = mine
      onNotice({ kind: 'index-not-saved', count: 1 }) // without an index files are read again, and no run fails for that
    } finally {
      if (lock !== 'none here') await lock.release().catch(() => undefined) // a lock that nobody holds is taken over
    }
    saved = entries.size
  }
  const inTurn = (mayWait: boolean): Promise<void> => (lastTurn = lastTurn.then(() => write(mayWait))) // one at a time: all use one temporary name
  return {
    known: (file, state) => {
      const name = nameOf(file)
      const entry = rehash && !readAgain.has(name) ? undefined : entries.get(name)
      return entry !== undefined && isOfState(entry, state) ? contentOf(entry) : null
    },
    now,
    remember: (file, state, sha256, asOf) => {
      if (!isSettled(state, asOf)) return keep(sha256)
      const name = nameOf(file)
      const before = entries.get(name)
      if (before !== undefined && contentOf(before) !== sha256) keep(contentOf(before))
      if (rehash) readAgain.put(name)
      entries.put(writeEntry(name, state, sha256))
      changed.put(name)
    },
    keep,
    saveIfGrown: async () => {
      if (changed.size >= Math.max(LEAST_TO_SAVE, saved / 4)) await inTurn(false)
    },
    save: () => inTurn(true),
    contents: () => Array.from(entries, contentOf),
    fault,
  }
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
  fault: null,
}

async function readSaved(
  files: StoreFiles,
  path: string,
): Promise<{ readonly entries: RecordTable; readonly fault: Error | null }> {
  try {
    const read = await readIndex(files, path)
    return { entries: read?.entries ?? noEntries(), fault: read?.isComplete === false ? new DamagedIndex(path) : null }
  } catch (error) {
    return { entries: noEntries(), fault: error instanceof Error ? error : new Error(String(error)) }
  }
}

/** Processes that save one after the other keep all that each noted, on several machines too. 'held' where another saves and may not be waited for. */
function lockIndex(files: StoreFiles, folder: string, mayWait: boolean): Promise<StoreLock | NoLock> {
  return lockSpace(files, folder, { onWait: () => undefined, brief: true, impatient: !mayWait })
}

function isSettled({ mtimeNs, ctimeNs }: FileState, asOf: number): boolean {
  const changedMs = Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n)
  return changedMs + SETTLED_MS < asOf
}
