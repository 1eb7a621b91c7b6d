import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { DefinitionError, quoted } from './errors.js'
import { hashFile } from './model/hash-file.js'
import { DamagedIndex } from './store/file-hashes.js'
import { listSpaces } from './store/list-spaces.js'
import type { ListedSpace } from './store/list-spaces.js'
import { openStore } from './store/open-store.js'
import {
  purgeAll,
  purgeAllFileHashes,
  purgeFileHashes,
  purgeSpace,
  purgeVectors,
  StoreInUse,
} from './store/purge-store.js'
import { verifySpace } from './store/verify-space.js'
import { purgeShardRecords } from './store/shard-records.js'
import type { VerifiedSpace } from './store/verify-space.js'

export type { ListedSpace, VerifiedSpace }

/** What a store holds, space by space. */
export async function runStoreList(store: string): Promise<ListedSpace[]> {
  return listSpaces(store)
}

/** Reads every vector of a store and holds it against its checksum. */
export async function runStoreVerify(store: string): Promise<VerifiedSpace[]> {
  const verified: VerifiedSpace[] = []
  for (const space of await listSpaces(store)) verified.push(await verifySpace(space))
  return verified
}

/** What to remove: everything, the vectors of one model (by its name or the first characters of its encoder's hash), or those of the
 *  images below one folder or inside one file. */
export type PurgeWhat =
  | { readonly kind: 'all' }
  | { readonly kind: 'model'; readonly model: string }
  | { readonly kind: 'dataset'; readonly images: string }

export type Purged = { readonly spaces: number; readonly vectors: number }

/** Removes vectors from a store. Throws DefinitionError when nothing fits, or another process is writing. */
export async function runStorePurge(store: string, what: PurgeWhat): Promise<Purged> {
  try {
    const purged = await purge(store, what)
    await purgeShardRecords(store) // none says any more what is there
    return purged
  } catch (error) {
    if (!(error instanceof StoreInUse)) throw error
    throw new DefinitionError('store.in-use', {
      at: error.message,
      expected: 'a store that nobody writes to',
      received: 'one that another run is writing to',
      hint: 'Wait until it ends; a lock that nothing holds is taken over by the next run',
    })
  }
}

async function purge(store: string, what: PurgeWhat): Promise<Purged> {
  const spaces = await listSpaces(store)
  switch (what.kind) {
    case 'all':
      await purgeAll(store, spaces)
      return { spaces: spaces.length, vectors: sumOf(spaces) }
    case 'model': {
      const fitting = spaces.filter((space) => isOfModel(space, what.model))
      if (fitting.length === 0) throw noModel(store, what.model, spaces)
      for (const space of fitting) await purgeSpace(space)
      const isImageLeft = spaces.some((space) => !fitting.includes(space) && mayHoldImages(space))
      if (!isImageLeft && fitting.some(mayHoldImages)) await purgeAllFileHashes(store) // nothing is left that a lost note could name
      return { spaces: fitting.length, vectors: sumOf(fitting) }
    }
    case 'dataset':
      return purgeDataset(store, resolve(what.images), spaces)
  }
}

/** Takes away the vectors of all that was embedded from a folder, or from one file of images (boxes and images inside containers are known to the
 *  index of the folder alone), and of every file that lies there now. */
async function purgeDataset(store: string, images: string, spaces: readonly ListedSpace[]): Promise<Purged> {
  const known = await openStore({ folder: store, now: () => 0, onNotice: () => undefined }).fileHashes(images)
  if (spaces.some(mayHoldImages)) refuseUnreadIndex(known.fault)
  const contents = new Set([...known.contents(), ...(await hashesBelow(images, known.contents().length > 0))])
  let vectors = 0
  for (const space of spaces) {
    if (mayHoldImages(space)) vectors += await purgeVectors(space, contents)
  }
  await purgeFileHashes(store, images)
  return { spaces: 0, vectors }
}

function mayHoldImages({ description }: ListedSpace): boolean {
  return description?.['kind'] !== 'texts'
}

/** What an index noted and cannot be read any more would stay behind, and nobody would know. */
function refuseUnreadIndex(fault: Error | null): void {
  if (fault === null) return
  if (!(fault instanceof DamagedIndex)) throw fault
  throw new DefinitionError('store.index-damaged', {
    at: fault.message,
    expected: 'every note of what was embedded from these images',
    received: 'an index that lost some of them to damage',
    hint: 'Purge every model with --model, or everything with --all: boxes, images inside containers and images that are gone were known to these notes alone, and embedding again does not bring them back',
  })
}

async function hashesBelow(folder: string, isKnown: boolean): Promise<string[]> {
  const isFolder = await stat(folder).then((found) => found.isDirectory(), () => false) // prettier-ignore
  if (!isFolder) {
    if (isKnown) return [] // one file, or a folder that is gone: the index says what came from it
    const hint = 'Name what --images named, or the label file or folder that held the images'
    throw new DefinitionError('store.no-folder', {
      at: folder,
      field: '--dataset',
      expected: 'a folder of images, or what an audit took images from',
      received: 'something else, or nothing',
      hint,
    })
  }
  const hashes: string[] = []
  for (const name of await readdir(folder, { recursive: true })) {
    const isFile = await stat(join(folder, name)).then(
      (found) => found.isFile(),
      () => false,
    ) // prettier-ignore -- a link to nowhere is none
    if (isFile) hashes.push((await hashFile(join(folder, name))).sha256)
  }
  return hashes
}

function isOfModel({ id, description }: ListedSpace, model: string): boolean {
  const encoder = description?.['encoder']
  const isHash = /^[0-9a-f]{6,}$/.test(model)
  return description?.['model'] === model || (isHash && (String(encoder).startsWith(model) || id.startsWith(model)))
}

function noModel(store: string, model: string, spaces: readonly ListedSpace[]): DefinitionError {
  const names = [...new Set(spaces.flatMap(({ description }) => description?.['model'] ?? []))]
  return new DefinitionError('store.no-model', {
    at: store,
    field: '--model',
    expected:
      names.length === 0 ? 'a model with stored vectors; there is none' : `one of ${names.map(quoted).join(', ')}`,
    received: quoted(model),
    hint: 'See: probity store ls',
  })
}

function sumOf(spaces: readonly ListedSpace[]): number {
  return spaces.reduce((sum, { vectors }) => sum + vectors, 0)
}
