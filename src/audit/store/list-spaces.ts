import { join } from 'node:path'
import { errorCode } from '../disk/error-code.js'
import { ENTRY_BYTES } from './segment-entry.js'
import { HEADER_BYTES } from './segment-header.js'
import { spacesOf } from './open-store.js'
import { readSpaceFile } from './space-file.js'
import type { Description } from './space-file.js'
import { nodeFiles } from './store-files.js'
import type { StoreFiles } from './store-files.js'

/** A space as `store ls` shows it. */
export type ListedSpace = {
  readonly id: string
  readonly folder: string
  /** Null where the manifest is missing or cannot be read; the next run with this model writes it again. */
  readonly description: Description | null
  readonly dim: number | null
  readonly vectors: number
  readonly bytes: number
  readonly segments: number
  /** Of the newest file, in milliseconds since 1970. */
  readonly changedMs: number
}

/** Every space of a store, the largest first. No vector is read: one that stands in two segments counts twice. */
export async function listSpaces(store: string, files: StoreFiles = nodeFiles): Promise<ListedSpace[]> {
  const root = spacesOf(store)
  const ids = await files.readdir(root).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return []
    throw error
  })
  const spaces = await Promise.all(
    ids.filter((id) => /^[0-9a-f]{64}$/.test(id)).map((id) => describe(files, id, join(root, id))),
  )
  return spaces.sort((a, b) => b.bytes - a.bytes || (a.id < b.id ? -1 : 1))
}

async function describe(files: StoreFiles, id: string, folder: string): Promise<ListedSpace> {
  const names = await files.readdir(folder)
  const looked = await Promise.all(names.map((name) => look(files, folder, name)))
  const stats = looked.filter((file) => file !== null)
  const keyFiles = stats.filter(({ name }) => name.endsWith('.keys'))
  const written = await readSpaceFile(files, folder, id)
  return {
    id,
    folder,
    description: written?.description ?? null,
    dim: written?.dim ?? null,
    vectors: keyFiles.reduce((sum, { size }) => sum + Math.max(0, Math.floor((size - HEADER_BYTES) / ENTRY_BYTES)), 0),
    bytes: stats.reduce((sum, { size }) => sum + size, 0),
    segments: keyFiles.length,
    changedMs: Math.max(0, ...stats.map(({ mtimeMs }) => mtimeMs)),
  }
}

/** Null for a file that is gone by now: a run that is writing has temporary ones, and a link may lead nowhere. */
async function look(
  files: StoreFiles,
  folder: string,
  name: string,
): Promise<{ name: string; size: number; mtimeMs: number } | null> {
  const found = await files.stat(join(folder, name)).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ELOOP') return null
    throw error // fewer vectors than there are would be a false count
  })
  return found === null ? null : { name, size: found.size, mtimeMs: found.mtimeMs }
}
