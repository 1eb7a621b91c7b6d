import type { FileHandle } from 'node:fs/promises'
import { errorCode, named } from '../disk/error-code.js'
import { ENTRY_BYTES, entryHolds, keyOf, noteOf } from './segment-entry.js'
import { HEADER_BYTES, headerHash, readHeader } from './segment-header.js'
import type { ReadHeader, Settings } from './segment-header.js'
import { keyFile, vectorFile } from './segment-writer.js'
import type { StoreFiles } from './store-files.js'

/** A segment as its `.keys` file tells it. Entries are not yet held against their vectors: that happens when one is read. */
export type Segment = {
  readonly name: string
  readonly settings: Settings
  readonly hash: Buffer
  readonly entries: Buffer
  readonly vectors: number
}

export type UnusableSegment = { readonly name: string } & {
  readonly unusable: Extract<ReadHeader, { unusable: string }>['unusable'] | 'unreadable'
}

/** Reads the entries of a segment that should belong to the space; a last entry that was cut short is left out. A file that cannot
 *  be read rejects: whoever only looks for vectors may make them again, whoever deletes some must not. */
export async function readSegment(
  files: StoreFiles,
  folder: string,
  name: string,
  wanted: { space: string; dim: number },
): Promise<Segment | UnusableSegment> {
  const bytes = await files.readFile(keyFile(folder, name))
  const header = readHeader(bytes, wanted)
  if ('unusable' in header) return { name, unusable: header.unusable }
  const vectors = Math.floor((bytes.length - HEADER_BYTES) / ENTRY_BYTES)
  return {
    name,
    settings: header.settings,
    hash: headerHash(bytes.subarray(0, HEADER_BYTES)),
    entries: bytes.subarray(HEADER_BYTES, HEADER_BYTES + vectors * ENTRY_BYTES),
    vectors,
  }
}

export function segmentKey({ entries }: Segment, row: number): string {
  return keyOf(entries.subarray(row * ENTRY_BYTES, (row + 1) * ENTRY_BYTES))
}

const READ_BYTES = 4_194_304 // neighbouring vectors are read together, this many bytes at most

/** What was found for one wanted row; `vector` is null when it is not the one that was stored, and is valid only during the call. */
export type OnVector = (row: number, vector: Float32Array | null, note: number) => void

/** Reads rows of a segment (ascending, each once) and holds each against its entry. A file that is missing, too short or on a disk that
 *  fails gives nulls: the vectors are made again. `onFault` is told why a file could not be read; what it throws rejects. */
export async function readVectors(
  files: StoreFiles,
  folder: string,
  segment: Segment,
  dim: number,
  rows: readonly number[],
  onVector: OnVector,
  onFault: (error: unknown) => void = () => undefined,
): Promise<void> {
  const width = dim * Float32Array.BYTES_PER_ELEMENT
  const atOnce = Math.max(1, Math.floor(READ_BYTES / width))
  const numbers = new Float32Array(Math.min(atOnce, segment.vectors) * dim)
  const bytes = Buffer.from(numbers.buffer)
  const path = vectorFile(folder, segment.name)
  const fail = (error: unknown): void => onFault(named(error, path))
  const handle = await files.open(path, 'r').catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') fail(error)
    return null
  })
  try {
    for (let index = 0; index < rows.length;) {
      const first = rows[index]
      let end = index + 1
      while (end < rows.length && rows[end] - first < atOnce) end++
      const wanted = (rows[end - 1] - first + 1) * width
      const read = handle === null ? 0 : await readFully(handle, bytes.subarray(0, wanted), first * width, fail)
      for (; index < end; index++) {
        const row = rows[index]
        const start = row - first
        const vector = numbers.subarray(start * dim, (start + 1) * dim)
        const entry = segment.entries.subarray(row * ENTRY_BYTES, (row + 1) * ENTRY_BYTES)
        const holds = (start + 1) * width <= read && entryHolds(entry, segment.hash, vector)
        onVector(row, holds ? vector : null, noteOf(entry))
      }
    }
  } finally {
    await handle?.close().catch(() => undefined) // what was read was held against its checksum
  }
}

/** How many bytes there were to read, up to the length of `bytes`. */
async function readFully(
  handle: FileHandle,
  bytes: Buffer,
  position: number,
  onFault: (error: unknown) => void,
): Promise<number> {
  let read = 0
  while (read < bytes.length) {
    const piece = await handle.read(bytes, read, bytes.length - read, position + read).catch((error: unknown) => {
      onFault(error)
      return { bytesRead: 0 }
    })
    if (piece.bytesRead === 0) return read
    read += piece.bytesRead
  }
  return read
}
