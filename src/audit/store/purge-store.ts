import { rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { segmentNames } from './segment-index.js'
import { indexFile } from './file-hashes.js'
import type { ListedSpace } from './list-spaces.js'
import { filesOf, spacesOf } from './open-store.js'
import { headerDim } from './segment-header.js'
import { readSegment, readVectors, segmentKey } from './segment-reader.js'
import type { Segment } from './segment-reader.js'
import { keyFile, SegmentWriter, vectorFile } from './segment-writer.js'
import { writeSpaceFile } from './space-file.js'
import type { Description } from './space-file.js'
import { errorCode, nodeFiles } from './store-files.js'
import { lockSpace } from './store-lock.js'
import type { StoreLock } from './store-lock.js'

/** Thrown when another process writes into what should be removed. */
export class StoreInUse extends Error {
  override readonly name = 'StoreInUse'
}

/** Removes everything that is kept in a store, and nothing else that may lie in its folder, whatever it is called. */
export async function purgeAll(store: string, spaces: readonly ListedSpace[]): Promise<void> {
  for (const space of spaces) await purgeSpace(space)
  const indices = await nodeFiles.readdir(filesOf(store)).catch(() => [])
  for (const name of indices.filter((each) => /^[0-9a-f]{32}\.index$/.test(each))) {
    await nodeFiles.rm(join(filesOf(store), name), { force: true })
  }
  for (const folder of [spacesOf(store), filesOf(store)]) await rmdir(folder).catch(() => undefined) // not empty: somebody else's
}

/** Removes a space with all its vectors. */
export async function purgeSpace({ folder }: ListedSpace): Promise<void> {
  await underLock(folder, () => nodeFiles.rm(folder, { recursive: true, force: true }))
}

/** Forgets the hashes of the files below one folder. */
export async function purgeFileHashes(store: string, root: string): Promise<void> {
  await nodeFiles.rm(indexFile(filesOf(store), root), { force: true })
}

/** Writes the vectors of a space again without those of the given keys, and removes the old segments, with whatever in the folder could
 *  not be read as vectors: nobody could say whose it is. Gives how many vectors were taken away on purpose. Rejects, with everything
 *  still there, when a segment cannot be read. */
export async function purgeVectors(
  { id, folder, ...space }: ListedSpace,
  unwanted: ReadonlySet<string>,
): Promise<number> {
  return underLock(folder, async () => {
    const files = await nodeFiles.readdir(folder)
    const names = await segmentNames(nodeFiles, folder)
    const dim = space.dim ?? (await dimOf(folder, names))
    const segments: Segment[] = []
    for (const name of names) {
      const read = dim === null ? null : await readSegment(nodeFiles, folder, name, { space: id, dim })
      if (read !== null && !('unusable' in read)) segments.push(read)
    }
    const removed = countKeys(segments, unwanted)
    const place = { id, folder, dim: dim ?? 0, description: space.description }
    const kept = removed > 0 ? await rewrite(place, segments, unwanted) : segments.map(({ name }) => name)
    await removeSegments(folder, files, kept)
    if (kept.length === 0) await nodeFiles.rm(folder, { recursive: true, force: true })
    return removed
  })
}

/** The width of the vectors where the manifest does not say it. */
async function dimOf(folder: string, names: readonly string[]): Promise<number | null> {
  for (const name of names) {
    const dim = headerDim(await nodeFiles.readFile(keyFile(folder, name)))
    if (dim !== null) return dim
  }
  return null
}

type Place = {
  readonly id: string
  readonly folder: string
  readonly dim: number
  readonly description: Description | null
}

/** Gives the names of the segments written. */
async function rewrite(place: Place, segments: readonly Segment[], unwanted: ReadonlySet<string>): Promise<string[]> {
  const { id, folder, dim, description } = place
  const written: SegmentWriter[] = []
  const last = Number((await segmentNames(nodeFiles, folder)).at(-1) ?? 0)
  for (const segment of segments) {
    const rows = rowsOf(segment).filter((row) => !unwanted.has(segmentKey(segment, row)))
    if (rows.length === 0) continue
    const header = { space: id, dim, settings: segment.settings }
    const writer = await SegmentWriter.create(nodeFiles, folder, last + written.length, header)
    written.push(writer)
    await copyRows({ folder, dim }, segment, rows, writer)
    await writer.close()
  }
  const kept = written.map(({ name, vectors }) => ({ name, vectors }))
  if (description !== null) await writeSpaceFile(nodeFiles, folder, { description, dim, segments: kept })
  return written.map(({ name }) => name)
}

/** Removes the segments that were there, but for those to be kept; also what is left of one without its keys, or without its vectors. */
async function removeSegments(folder: string, files: readonly string[], kept: readonly string[]): Promise<void> {
  const names = new Set(files.flatMap((file) => /^(\d{6,})\.(?:f32|keys)$/.exec(file)?.[1] ?? []))
  for (const name of names) {
    if (kept.includes(name)) continue
    await nodeFiles.rm(vectorFile(folder, name), { force: true }) // first: without its vectors a key says nothing of anybody
    await nodeFiles.rm(keyFile(folder, name), { force: true })
  }
}

const ROWS_AT_ONCE = 1024

async function copyRows(
  { folder, dim }: { folder: string; dim: number },
  segment: Segment,
  rows: readonly number[],
  writer: SegmentWriter,
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const records: { key: string; note: number; vector: Float32Array }[] = []
    await readVectors(nodeFiles, folder, segment, dim, rows.slice(start, start + ROWS_AT_ONCE), (row, vector, note) => {
      if (vector !== null) records.push({ key: segmentKey(segment, row), note, vector: vector.slice() })
    })
    await writer.append(records)
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

const NO_ROOM: StoreLock = { touch: () => Promise.resolve(), release: () => Promise.resolve() }

async function underLock<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const lock = await lockSpace(nodeFiles, folder, { onWait: () => undefined, impatient: true }).catch(
    (error: unknown) => {
      if (FULL.includes(errorCode(error))) return NO_ROOM // a full disk must not keep anybody from deleting
      throw error
    },
  )
  if (lock === null) throw new StoreInUse(join(folder, 'lock'))
  try {
    return await work()
  } finally {
    await lock.release()
  }
}
