import { stat } from 'node:fs/promises'
import { datasetIdentity } from './dataset/dataset-identity.js'
import { readDataset } from './dataset/read-dataset.js'
import { DefinitionError } from './errors.js'
import { judgeShards } from './judge-shards.js'
import type { MergedDataset } from './judge-shards.js'
import { copyFileHashes } from './store/copy-index.js'
import { copySpace } from './store/copy-space.js'
import { listSpaces } from './store/list-spaces.js'
import { openStore } from './store/open-store.js'
import type { Store } from './store/open-store.js'
import { findShardRecord, readShardRecords, writeShardRecord } from './store/shard-records.js'
import type { VectorSpace } from './store/vector-space.js'
import type { DatasetPlan } from './types/definitions.js'

export type { MergedDataset }

export type MergePlan = {
  /** Stores on disks of their own, whose vectors are copied into `target` first. Empty: the shards wrote into `target` itself. */
  readonly stores: readonly string[]
  readonly target: string
  /** Look at the shards of this dataset alone; null: of every dataset that was shared out. */
  readonly dataset: DatasetPlan | null
}

export type MergeOutcome = {
  readonly copied: readonly { readonly store: string; readonly vectors: number; readonly damaged: number }[]
  /** One for each dataset and model whose shards are in the store. */
  readonly merged: readonly MergedDataset[]
  /** Notes of shards that cannot be read: those shards count as not done. */
  readonly damagedRecords: number
  /** Every shard of every one is done, and every vector of it is there. */
  readonly isComplete: boolean
}

/** Brings the shards of a dataset together: copies vectors from stores on other disks, and says whether every shard is done, with every vector in the
 *  store. No image is opened, and no vector is changed. Throws DefinitionError where there is nothing to merge. */
export async function runMerge({ stores, target, dataset }: MergePlan): Promise<MergeOutcome> {
  const copied = []
  for (const store of stores) copied.push({ store, ...(await copyStore(store, target)) })
  const { records, damaged } = await readShardRecords(target)
  const wanted = dataset === null ? null : datasetIdentity(await readDataset(dataset))
  const looked = records.filter((record) => wanted === null || record.dataset.sha256 === wanted)
  if (looked.length === 0) throw nothingToMerge(target, records.length)
  const opened = openStore({ folder: target, now: () => 0, onNotice: () => undefined })
  const merged = await judgeShards(looked, (space) => openAgain(opened, space))
  const isComplete = merged.every((each) => each.isComplete)
  return { copied, merged, damagedRecords: damaged, isComplete }
}

async function copyStore(source: string, target: string): Promise<{ vectors: number; damaged: number }> {
  await refuseNoStore(source)
  const [from, to] = [source, target].map((folder) => openStore({ folder, now: () => 0, onNotice: () => undefined }))
  let [vectors, damaged] = [0, 0]
  for (const { id, dim, description } of await listSpaces(source)) {
    if (dim === null || description === null) continue // without its manifest nobody knows what it holds; its shards then lack their vectors, which is said
    const counts = await copySpace(await from.openSpace(id, dim, description), await to.openSpace(id, dim, description))
    vectors += counts.copied
    damaged += counts.damaged
  }
  await copyFileHashes(source, target)
  for (const record of (await readShardRecords(source)).records) {
    const known = await findShardRecord(target, record, record.shard)
    if (known?.done == null) await writeShardRecord(target, record)
  }
  return { vectors, damaged }
}

async function openAgain(store: Store, id: string): Promise<VectorSpace | null> {
  const stored = await store.describe(id)
  return stored === null ? null : store.openSpace(id, stored.dim, stored.description)
}

async function refuseNoStore(folder: string): Promise<void> {
  const isFolder = await stat(folder).then((found) => found.isDirectory(), () => false) // prettier-ignore
  if (isFolder) return
  throw new DefinitionError('merge.store', { at: folder, expected: 'the folder of a store', received: 'none', absent: true }) // prettier-ignore
}

function nothingToMerge(target: string, others: number): DefinitionError {
  return new DefinitionError('merge.nothing', {
    at: target,
    expected: 'shards that were embedded into this store',
    received: others === 0 ? 'none' : `${others} of other datasets, or of other rows of this one`,
    hint: 'Embed them with --shard 1/n to --shard n/n and this --store; stores on other disks are named before it',
  })
}
