import { basename, dirname, join } from 'node:path'
import { errorCode } from '../disk/error-code.js'
import { syncFolder } from '../disk/whole-file.js'
import { indexFile } from './hash-index.js'
import { segmentsAmong } from './segment-index.js'
import type { ListedSpace } from './list-spaces.js'
import { filesOf, spacesOf } from './open-store.js'
import { headerDim } from './segment-header.js'
import { readSegment, readVectors, segmentKey } from './segment-reader.js'
import type { OnVector, Segment } from './segment-reader.js'
import { keyFile, SegmentWriter, vectorFile } from './segment-writer.js'
import { removeSpaceFile, writeSpaceFile } from './space-file.js'
import type { Description } from './space-file.js'
import { nodeFiles } from './store-files.js'
import type { StoreFiles } from './store-files.js'
import type { StoreLock } from './store-lock.js'
import { lockAll } from './writers.js'

/** Thrown when another process writes into what should be removed. */
export class StoreInUse extends Error {
  override readonly name = 'StoreInUse'
}

/** Removes everything that is kept in a store, and nothing else that may lie in its folder, whatever it is called. */
export async function purgeAll(store: string, spaces: readonly ListedSpace[], files = nodeFiles): Promise<void> {
  for (const space of spaces) await purgeSpace(space, files)
  await purgeAllFileHashes(store, files)
  for (const folder of [spacesOf(store), filesOf(store)]) await files.rmdir(folder).catch(() => undefined) // not empty: somebody else's
}

/** Removes a space with all its vectors. */
export async function purgeSpace({ folder }: ListedSpace, files = nodeFiles): Promise<void> {
  await underLock(files, folder, () => removeFolder(files, folder))
}

/** Forgets the hashes of the files below one folder, also those that a run which was killed was about to save. */
export async function purgeFileHashes(store: string, root: string, files = nodeFiles): Promise<void> {
  const name = basename(indexFile(filesOf(store), root), '.index')
  await removeIndices(files, filesOf(store), new RegExp(`^\\.?${name}\\.index(\\.\\S+\\.tmp)?$`))
}

/** Forgets the hashes of all files. */
export async function purgeAllFileHashes(store: string, files = nodeFiles): Promise<void> {
  await removeIndices(files, filesOf(store), /^\.?([0-9a-f]{32}\.index|lock(\.clearing)?)(\.\S+\.tmp)?$/)
}

async function removeIndices(files: StoreFiles, folder: string, which: RegExp): Promise<void> {
  const names = await files.readdir(folder).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  })
  if (names === null) return
  for (const name of names) if (which.test(name)) await files.rm(join(folder, name), { force: true })
  await syncFolder(files, folder)
}

/** Removes a folder so that no power failure brings it back. */
async function removeFolder(files: StoreFiles, folder: string): Promise<void> {
  await files.rm(folder, { recursive: true, force: true })
  await syncFolder(files, dirname(folder))
}

/** Writes the vectors of a space again without those of the given keys, and removes the old segments, with whatever in the folder could
 *  not be read as vectors: nobody could say whose it is. Gives how many vectors were taken away on purpose. Rejects, with everything
 *  still there, when a segment cannot be read or written again. */
export async function purgeVectors(
  { id, folder, ...space }: ListedSpace,
  unwanted: ReadonlySet<string>,
  files = nodeFiles,
): Promise<number> {
  return underLock(files, folder, async (lock) => {
    const present = await files.readdir(folder)
    const names = segmentsAmong(present)
    const dim = space.dim ?? (await dimOf(files, folder, names))
    const segments: Segment[] = []
    for (const name of names) {
      const read = dim === null ? null : await readSegment(files, folder, name, { space: id, dim })
      if (read !== null && !('unusable' in read)) segments.push(read)
    }
    const removed = countKeys(segments, unwanted)
    const place = { files, id, folder, dim: dim ?? 0, lock }
    const kept = removed > 0 ? await rewrite(place, segments, unwanted, Number(names.at(-1) ?? 0)) : segments
    if (kept.length === 0) await removeFolder(files, folder)
    else {
      await writeManifest(place, space.description, kept)
      await removeSegments(files, folder, present, new Set(kept.map(({ name }) => name)))
      await syncFolder(files, folder)
    }
    return removed
  })
}

/** The width of the vectors where the manifest does not say it. */
async function dimOf(files: StoreFiles, folder: string, names: readonly string[]): Promise<number | null> {
  for (const name of names) {
    const dim = headerDim(await files.readFile(keyFile(folder, name)))
    if (dim !== null) return dim
  }
  return null
}

type Place = {
  readonly files: StoreFiles
  readonly id: string
  readonly folder: string
  readonly dim: number
  readonly lock: StoreLock
}

/** `last` is the number of the newest segment. Gives the segments written; takes them back, and leaves the old ones, when one of them cannot be read or written. */
async function rewrite(
  { files, id, folder, dim, lock }: Place,
  segments: readonly Segment[],
  unwanted: ReadonlySet<string>,
  last: number,
): Promise<SegmentWriter[]> {
  const written: SegmentWriter[] = []
  try {
    for (const segment of segments) {
      const rows = rowsOf(segment).filter((row) => !unwanted.has(segmentKey(segment, row)))
      if (rows.length === 0) continue
      const header = { space: id, dim, settings: segment.settings }
      const writer = await SegmentWriter.create(files, folder, last + written.length, header)
      written.push(writer)
      await copyRows({ files, folder, dim, lock }, segment, rows, writer)
      await writer.close()
    }
  } catch (error) {
    for (const writer of written) await writer.discard(files, folder)
    throw error
  }
  return written
}

/** Lists what is left; a manifest that says nothing any more is removed, since the next run writes one. */
async function writeManifest(
  { files, id, folder, dim }: Place,
  description: Description | null,
  segments: readonly { readonly name: string; readonly vectors: number }[],
): Promise<void> {
  const listed = segments.map(({ name, vectors }) => ({ name, vectors }))
  if (description === null) await removeSpaceFile(files, folder)
  else await writeSpaceFile(files, folder, id, { description, dim, segments: listed })
}

/** Removes the segments that were there, but for those to be kept; also what is left of one without its keys, or without its vectors. */
async function removeSegments(
  files: StoreFiles,
  folder: string,
  present: readonly string[],
  kept: ReadonlySet<string>,
): Promise<void> {
  const names = new Set(present.flatMap((file) => /^(\d{6,})\.(?:f32|keys)$/.exec(file)?.[1] ?? []))
  for (const name of names) {
    if (kept.has(name)) continue
    await files.rm(vectorFile(folder, name), { force: true }) // first: without its vectors a key says nothing of anybody
    await files.rm(keyFile(folder, name), { force: true })
  }
}

const ROWS_AT_ONCE = 1024

async function copyRows(
  { files, folder, dim, lock }: Omit<Place, 'id'>,
  segment: Segment,
  rows: readonly number[],
  writer: SegmentWriter,
): Promise<void> {
  const refuse = (error: unknown): never => {
    throw error // its vectors may be whole: to leave them out now would be to lose them
  }
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const records: { key: string; note: number; vector: Float32Array }[] = []
    const some = rows.slice(start, start + ROWS_AT_ONCE)
    const onVector: OnVector = (place, vector, note) => {
      if (vector !== null) records.push({ key: segmentKey(segment, some[place]), note, vector: vector.slice() })
    }
    await readVectors(files, folder, segment, dim, some, onVector, refuse)
    await writer.append(records)
    await lock.touch()
  }
}

function rowsOf({ vectors }: Segment): number[] {
  return Array.from({ length: vectors }, (_, row) => row)
}

function countKeys(segments: readonly Segment[], wanted: ReadonlySet<string>): number {
  const found = new Set<string>()
  for (const segment of segments) {
    for (const row of rowsOf(segment)) if (wanted.has(segmentKey(segment, row))) found.add(segmentKey(segment, row))
  }
  return found.size
}

const FULL: readonly string[] = ['ENOSPC', 'EDQUOT']

const NO_LOCK: StoreLock = { touch: () => Promise.resolve(), release: () => Promise.resolve() }

async function underLock<Result>(
  files: StoreFiles,
  folder: string,
  work: (lock: StoreLock) => Promise<Result>,
): Promise<Result> {
  const lock = await lockAll(files, folder).catch((error: unknown) => {
    if (FULL.includes(errorCode(error))) return NO_LOCK // a full disk must not keep anybody from deleting
    throw error
  })
  if (lock === 'held') throw new StoreInUse(join(folder, 'lock'))
  try {
    return await work(lock)
  } finally {
    await lock.release()
  }
}
