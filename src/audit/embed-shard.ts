import { embedDataset } from './embed-dataset.js'
import type { Embedder } from './embed-dataset.js'
import type { EmbeddedImages } from './embedding/embed-images.js'
import type { EmbedCounts } from './embedding/image-ledger.js'
import { rowsOfShard } from './embedding/shard-rows.js'
import { settingsUsed } from './embedding/stored-embeddings.js'
import { datasetIdentity } from './dataset/dataset-identity.js'
import { findShardRecord, writeShardRecord } from './store/shard-records.js'
import type { Tools } from './tools.js'
import type { Dataset, Quarantine } from './types/dataset.js'
import type { EmbeddingPlan } from './types/definitions.js'
import type { Shard, ShardDone } from './types/shard.js'

export type EmbedOutcome = {
  readonly model: string
  /** SHA-256 over the files of the image encoder. */
  readonly encoder: string
  readonly dim: number
  /** Which share of the dataset's rows this is about, and how many they are in all; null: about all of them. */
  readonly shard: (Shard & { readonly datasetRows: number }) | null
  /** Rows of the label file, or of the shard: in = found + embedded + quarantined + excluded. */
  readonly rows: { readonly in: number; readonly excluded: number } & EmbedCounts
  /** In the order of the label file. */
  readonly quarantined: readonly ({ readonly image: string } & Quarantine)[]
  /** Vectors and the names of their rows, where they were asked for. */
  readonly exported: readonly string[]
  /** Whether the vectors are there for the next run. */
  readonly isKept: boolean
}

export type ShardJob = {
  readonly plan: EmbeddingPlan
  readonly dataset: Dataset
  /** Null: the dataset as a whole, alone. */
  readonly shard: Shard | null
}

/** Embeds one shard of a dataset with a model that is open: a process that is given one shard after the other opens it once. */
export async function embedShard(
  embedder: Embedder,
  { plan, dataset, shard }: ShardJob,
  tools: Tools,
): Promise<{ readonly outcome: EmbedOutcome; readonly images: EmbeddedImages }> {
  const note = shard === null ? null : await beginNote(embedder, { dataset, shard }, tools)
  const images = await embedDataset(plan, dataset, embedder, tools, { shard })
  const outcome = outcomeOf(embedder, { dataset, shard }, images)
  if (note !== null && outcome.isKept) {
    const codes = rowsWithout({ dataset, shard }, images).map(([row, { code }]) => [row, code] as const)
    const keys = images.hashes.filter((hash, row): hash is string => hash !== null && !images.quarantined.has(row))
    await note({ rows: outcome.rows, quarantined: codes, embeddedWith: settingsUsed(keys, embedder.images), keys })
  }
  return { outcome, images }
}

/** What became of each row of a dataset, or of one shard of it. */
export function outcomeOf(
  embedder: Embedder,
  { dataset, shard }: Pick<ShardJob, 'dataset' | 'shard'>,
  images: Pick<EmbeddedImages, 'quarantined' | 'counts'>,
): EmbedOutcome {
  const datasetRows = dataset.images.length
  const mine = shard === null ? null : new Set(rowsOfShard(datasetRows, shard))
  const isMine = (row: number): boolean => mine === null || mine.has(row)
  const quarantined = rowsWithout({ dataset, shard }, images)
  return {
    model: embedder.model.folder.name,
    encoder: String(embedder.images.description['encoder']),
    dim: embedder.model.dim,
    shard: shard === null ? null : { ...shard, datasetRows },
    rows: {
      in: mine?.size ?? datasetRows,
      excluded: [...dataset.excluded.keys()].filter(isMine).length,
      ...images.counts,
      quarantined: quarantined.length,
    },
    quarantined: quarantined.map(([row, { code, reason }]) => ({ image: dataset.images[row], code, reason })),
    exported: [],
    isKept: embedder.images.isKept(),
  }
}

/** Rows that cannot be used, in the order of the label file. */
function rowsWithout(
  { dataset, shard }: Pick<ShardJob, 'dataset' | 'shard'>,
  { quarantined }: Pick<EmbeddedImages, 'quarantined'>,
): (readonly [number, Quarantine])[] {
  const mine = shard === null ? null : new Set(rowsOfShard(dataset.images.length, shard))
  return [...new Map([...dataset.quarantined, ...quarantined])]
    .filter(([row]) => mine === null || mine.has(row))
    .sort(([a], [b]) => a - b)
}

/** Notes in the store that a shard is begun, unless it was done before; gives what notes that it is done. Null without a store. */
async function beginNote(
  { model, spaceId, store }: Embedder,
  { dataset, shard }: { readonly dataset: Dataset; readonly shard: Shard },
  tools: Tools,
): Promise<((done: ShardDone) => Promise<void>) | null> {
  const { folder } = store
  if (folder === null) return null
  const { id, images } = dataset
  const { commandLine } = tools.describeRun([], 0)
  const work = {
    dataset: { id, rows: images.length, sha256: datasetIdentity(dataset) },
    model: model.folder.name,
    space: spaceId,
  }
  const record = { ...work, shard, commandLine }
  if ((await findShardRecord(folder, work, shard)) === null)
    await writeShardRecord(folder, { ...record, done: null }).catch(() => undefined) // a store that cannot be written says so when vectors are kept
  return (done) => writeShardRecord(folder, { ...record, done })
}
