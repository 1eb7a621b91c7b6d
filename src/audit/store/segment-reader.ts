import type { FileHandle } from 'node:fs/promises'
import { errorCode, named } from '../disk/error-code.js'
import { ProvenBlocks } from './proven-blocks.js'
import { ENTRY_BYTES, EntryChecksums, keyOf, noteOf } from './segment-entry.js'
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
  readonly proven: ProvenBlocks
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
    proven: new ProvenBlocks(),
  }
}

export function segmentKey({ entries }: Segment, row: number): string {
  return keyOf(entries, row * ENTRY_BYTES)
}

const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT
const BLOCK_BYTES = 524_288 // neighbouring vectors are read together, as many as stay in the processor's cache until they are looked at

/** What was found for `rows[place]`; `vector` is null when it is not the one that was stored, and is valid only during the call. */
export type OnVector = (place: number, vector: Float32Array | null, note: number) => void

/** Reads rows of a segment, which ascend or repeat, in order, and holds each against its entry; a whole block that held before is held against its
 *  CRC-32. A file that is missing, too short or on a disk that fails gives nulls: the vectors are made again. `onFault` is told why a file could not
 *  be read; what it throws rejects. */
export async function readVectors(
  files: StoreFiles,
  folder: string,
  segment: Segment,
  dim: number,
  rows: ArrayLike<number>,
  onVector: OnVector,
  onFault: (error: unknown) => void = () => undefined,
): Promise<void> {
  const width = dim * FLOAT_BYTES
  const atOnce = Math.max(1, Math.floor(BLOCK_BYTES / width))
  const bytes = Buffer.allocUnsafeSlow(Math.min(atOnce, segment.vectors) * width) // filled before it is looked at
  const numbers = new Float32Array(bytes.buffer)
  const placesInBlock: Float32Array[] = [] // each block has the same ones, and making one costs as much as copying it
  const checksums = new EntryChecksums(segment.hash, dim)
  const path = vectorFile(folder, segment.name)
  const fail = (error: unknown): void => onFault(named(error, path))
  const handle = await files.open(path, 'r').catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') fail(error)
    return null
  })
  try {
    for (let index = 0; index < rows.length;) {
      const first = rows[index]
      const block = Math.floor(first / atOnce)
      const after = Math.min((block + 1) * atOnce, segment.vectors)
      let end = index + 1
      while (end < rows.length && rows[end] < after) end++
      const wanted = (rows[end - 1] - first + 1) * width
      const read = handle === null ? 0 : await readFully(handle, bytes.subarray(0, wanted), first * width, fail)
      const isWhole = first === block * atOnce && read === (after - first) * width
      const isProven = isWhole && segment.proven.holds(block, bytes.subarray(0, read))
      let held = 0
      for (let last = -1; index < end; index++) {
        const row = rows[index]
        const place = row - first
        const at = place * width
        const entry = row * ENTRY_BYTES
        const holds = isProven || (at + width <= read && checksums.holds(segment.entries, entry, bytes, at))
        const vector = holds ? (placesInBlock[place] ??= numbers.subarray(place * dim, (place + 1) * dim)) : null
        if (holds && row !== last) held++
        last = row
        onVector(index, vector, noteOf(segment.entries, entry))
      }
      if (isWhole && !isProven && held === after - first) segment.proven.prove(block, bytes.subarray(0, read))
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
