import { createHash } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDiskSpace } from '../../../src/audit/store/disk-space.js'
import type { DiskPlace } from '../../../src/audit/store/disk-space.js'
import { nodeFiles } from '../../../src/audit/store/store-files.js'
import type { StoreNotice, VectorSpace } from '../../../src/audit/store/vector-space.js'

export const DIM = 8
export const SPACE = createHash('sha256').update('a space').digest('hex')
export const SETTINGS = { threads: 2, batch: 4, onnxruntime: '1.0.0', libvips: '8.0.0' }

export function keyOf(index: number): string {
  return createHash('sha256').update(`image ${index}`).digest('hex')
}

/** The one right vector of an image. */
export function vectorOf(index: number): Float32Array {
  return Float32Array.from({ length: DIM }, (_, place) => Math.sin(index * DIM + place + 1))
}

export function records(from: number, to: number): { key: string; note: number; vector: Float32Array }[] {
  return Array.from({ length: to - from }, (_, place) => ({
    key: keyOf(from + place),
    note: (from + place) % 3,
    vector: vectorOf(from + place),
  }))
}

export function temporaryStore(): string {
  return mkdtempSync(join(tmpdir(), 'probity-store-'))
}

export type OpenedSpace = VectorSpace & { readonly notices: StoreNotice[] }

export async function openSpace(folder: string, changes: Partial<DiskPlace> = {}): Promise<OpenedSpace> {
  const notices: StoreNotice[] = []
  const space = await openDiskSpace({
    files: nodeFiles,
    folder,
    id: SPACE,
    dim: DIM,
    description: { kind: 'images', model: 'drawn' },
    onNotice: (notice) => notices.push(notice),
    ...changes,
  })
  return Object.assign(space, { notices })
}

/** Stores images `from` to before `to`, `batch` at a time, and closes. */
export async function store(folder: string, from: number, to: number, changes: Partial<DiskPlace> = {}): Promise<void> {
  const space = await openSpace(folder, changes)
  try {
    await space.startWriting(SETTINGS, { onWait: noWait })
    for (let start = from; start < to; start += 4) await space.append(records(start, Math.min(start + 4, to)))
  } finally {
    await space.finishWriting()
  }
}

export function noWait(): void {
  throw new Error('nobody else should hold the lock')
}

/** How many of the images 0 to before `count` are given back. Throws when one is given a vector that is not its own. */
export async function countWhole(space: VectorSpace, count: number): Promise<number> {
  const keys = Array.from({ length: count }, (_, index) => keyOf(index))
  let whole = 0
  const missing = await space.read(keys, (index, vector, note) => {
    const right = vectorOf(index)
    if (note !== index % 3 || !right.every((value, place) => vector[place] === value)) {
      throw new Error(`image ${index} was given a vector that is not its own`)
    }
    whole++
  })
  if (whole + missing.length !== count) throw new Error(`${whole} read and ${missing.length} missing of ${count}`)
  return whole
}
