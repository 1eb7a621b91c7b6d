import { join, resolve } from 'node:path'
import { openDiskSpace } from './disk-space.js'
import { noFileHashes, openFileHashes } from './file-hashes.js'
import type { FileHashes } from './file-hashes.js'
import { memorySpace } from './memory-space.js'
import { readSpaceFile } from './space-file.js'
import type { Description } from './space-file.js'
import { nodeFiles } from './store-files.js'
import type { StoreFiles } from './store-files.js'
import type { StoreNotice, VectorSpace } from './vector-space.js'

/** Where vectors and file hashes are kept from run to run. */
export type Store = {
  /** Null for a store that lasts as long as the process. */
  readonly folder: string | null
  /** What is known of a space before its vectors are read; null where there is none yet. */
  readonly describe: (id: string) => Promise<{ readonly description: Description; readonly dim: number } | null>
  /** Opens a space, or begins one. `id` is the SHA-256 of what decides the vectors; `description` is kept with a new space. */
  readonly openSpace: (id: string, dim: number, description: Description) => Promise<VectorSpace>
  /** Hashes of the files below `root`. */
  readonly fileHashes: (root: string) => Promise<FileHashes>
}

export type StoreOptions = {
  readonly folder: string
  /** Wall clock in milliseconds: a file changed just now is not trusted to stay as it is. */
  readonly now: () => number
  readonly rehash?: boolean
  readonly onNotice: (notice: StoreNotice) => void
  readonly files?: StoreFiles
}

/** A store in a folder. Nothing is made on disk before the first vector is stored. */
export function openStore({ folder, now, rehash = false, onNotice, files = nodeFiles }: StoreOptions): Store {
  const placeOf = (id: string): string => join(spacesOf(folder), id)
  return {
    folder,
    describe: (id) => readSpaceFile(files, placeOf(id), id),
    openSpace: (id, dim, description) => openDiskSpace({ files, folder: placeOf(id), id, dim, description, onNotice }),
    fileHashes: (root) =>
      openFileHashes({ files, folder: filesOf(folder), root: resolve(root), now, rehash, onNotice }),
  }
}

/** The parts of a store: vectors by space, hashes by folder, notes of shards. Nothing else in the folder is ours. */
export const spacesOf = (folder: string): string => join(folder, 'spaces')
export const filesOf = (folder: string): string => join(folder, 'files')
export const shardsOf = (folder: string): string => join(folder, 'shards')

/** A store that keeps nothing. */
export function memoryStore(): Store {
  return {
    folder: null,
    describe: () => Promise.resolve(null),
    openSpace: (_, dim, description) => Promise.resolve(memorySpace(description, dim)),
    fileHashes: () => Promise.resolve(noFileHashes),
  }
}
