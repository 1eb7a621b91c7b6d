import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { DatasetError } from '../../errors.js'
import type { NumberKind } from '../../types/vectors.js'
import { BYTES_OF, toFloat32 } from './numbers.js'

/** Vectors that lie one after the other in a file, row-major, from a byte on. */
export type VectorBlock = {
  readonly path: string
  readonly offset: number
  readonly rows: number
  readonly dim: number
  readonly dtype: NumberKind
}

/** Vectors in files, of which only what is asked for is ever in memory. */
export type VectorRows = {
  readonly rows: number
  readonly dim: number
  readonly dtype: NumberKind
  /** Rows `start` to before `end` as they are: (end - start) x dim, row-major. */
  readonly read: (start: number, end: number) => Promise<Float32Array>
  readonly close: () => Promise<void>
}

/** Opens blocks of one width and kind as one run of rows, in order. `opened`: handles of files that have no name any more. */
export async function openRows(
  blocks: readonly VectorBlock[],
  opened: readonly FileHandle[] = [],
): Promise<VectorRows> {
  const handles = [...opened]
  try {
    for (const { path } of blocks.slice(opened.length)) handles.push(await open(path, 'r'))
  } catch (error) {
    await Promise.all(handles.map((handle) => handle.close()))
    throw error
  }
  const ends = blocks.reduce<number[]>((all, { rows }) => [...all, (all.at(-1) ?? 0) + rows], [])
  const [{ dim, dtype }] = blocks
  return {
    rows: ends.at(-1) ?? 0,
    dim,
    dtype,
    read: async (start, end) => {
      const parts: Float32Array[] = []
      for (let row = start; row < end;) {
        const block = ends.findIndex((each) => row < each)
        const first = ends[block] - blocks[block].rows
        const last = Math.min(end, ends[block])
        parts.push(await readBlock(handles[block], blocks[block], row - first, last - first))
        row = last
      }
      return parts.length === 1 ? parts[0] : joined(parts)
    },
    close: async () => {
      await Promise.all(handles.map((handle) => handle.close()))
    },
  }
}

async function readBlock(
  handle: FileHandle,
  { path, offset, dim, dtype }: VectorBlock,
  start: number,
  end: number,
): Promise<Float32Array> {
  const width = dim * BYTES_OF[dtype]
  return toFloat32(await readBytes(handle, path, offset + start * width, (end - start) * width), dtype)
}

/** Some bytes of a file, all of them. Throws DatasetError where the file ends before. */
export async function readBytes(
  handle: FileHandle,
  path: string,
  offset: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length)
  for (let filled = 0; filled < length;) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled)
    if (bytesRead === 0) {
      const hint = 'Run again when nobody writes into it'
      const refusal = { at: path, expected: 'a file that stays as it is', received: 'one that became shorter', hint }
      throw new DatasetError('vectors.changed', refusal)
    }
    filled += bytesRead
  }
  return bytes
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
