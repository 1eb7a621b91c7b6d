import { datasetAsFound } from './dataset/dataset-as-found.js'
import { readDataset } from './dataset/read-dataset.js'
import { imageHashes, openEmbedder } from './embed-dataset.js'
import type { Embedder } from './embed-dataset.js'
import { outcomeOf } from './embed-shard.js'
import type { EmbedOutcome } from './embed-shard.js'
import { checkStored, knownImages } from './embedding/check-stored.js'
import type { StoredPlace } from './embedding/check-stored.js'
import { DatasetError, Interrupted } from './errors.js'
import { openShardQueue } from './queue/hand-out-shards.js'
import type { ShardFate, ShardQueue } from './queue/hand-out-shards.js'
import { QUEUED_SHARD_FORMAT, runIdOf } from './queue/queued-shard.js'
import type { QueuedShard } from './queue/queued-shard.js'
import { refuseOpenPace } from './refuse-open-pace.js'
import { ShardTally } from './shard-tally.js'
import { KeySet } from './store/key-set.js'
import type { Tools } from './tools.js'
import type { Dataset, Quarantine } from './types/dataset.js'
import type { EmbeddingPlan } from './types/definitions.js'
import type { FailedShard, QueueAddress } from './types/queue.js'

export type QueuePlan = {
  readonly address: QueueAddress
  /** Name of the queue. */
  readonly name: string
  /** Rows in a shard, or a few fewer. */
  readonly shardSize: number
}

export type QueuedOutcome = EmbedOutcome & {
  readonly shards: {
    readonly number: number
    /** Those with a row that had no vector yet. */
    readonly handedOut: number
    readonly failed: readonly FailedShard[]
  }
  /** Rows that are to be embedded and have no vector in the store: those of failed shards and, where workers write into another store, of others. */
  readonly missing: { readonly ofFailed: number; readonly ofOthers: number }
}

/**
 * Embeds the images of a plan's dataset with each of its models as `runEmbed` does, by the workers of a queue. Shards in which a vector is missing are handed
 * out; at the end the store itself is looked at. Nothing is embedded here. Rejects with Interrupted when the user asks to stop: shards that no worker has
 * begun are taken back, and the same call goes on.
 */
export async function runQueuedEmbed(plan: EmbeddingPlan, queue: QueuePlan, tools: Tools): Promise<QueuedOutcome[]> {
  refuseOpenPace(tools)
  const { address, name, shardSize } = queue
  const shardQueue = await openShardQueue(address, {
    ...{ name, signal: tools.signal },
    onNotice: (notice) => tools.onProgress({ stage: 'queue', ...notice }),
  })
  try {
    const dataset = await readDataset(plan.dataset)
    const outcomes: QueuedOutcome[] = []
    for (const model of plan.models)
      outcomes.push(await embedByQueue({ plan: { ...plan, models: [model] }, dataset, shardSize, shardQueue }, tools))
    return outcomes
  } finally {
    await shardQueue.close()
  }
}

type QueuedJob = {
  readonly plan: EmbeddingPlan
  readonly dataset: Dataset
  readonly shardSize: number
  readonly shardQueue: ShardQueue
}

async function embedByQueue(job: QueuedJob, tools: Tools): Promise<QueuedOutcome> {
  const { shards, tally, before } = await withEmbedder(job, tools, (embedder) => begin(job, embedder, tools))
  tally.report()
  const fates = shards.length === 0 ? new Map<number, ShardFate>() : await handOut(shards, tally, job, tools)
  return withEmbedder(job, tools, async (embedder) => {
    const checked = { ...job.dataset, quarantined: new Map([...job.dataset.quarantined, ...saidOf(fates, tally)]) }
    const { images, missing } = await checkStored(checked, embedder.model, await placeOf(job, embedder))
    const isFound = (key: string | null, row: number): boolean =>
      key !== null && !images.quarantined.has(row) && before.has(key)
    const found = images.hashes.filter(isFound).length
    const counts = { ...images.counts, found, embedded: images.counts.found - found }
    const failed = [...fates.values()].filter((fate) => fate.kind === 'failed')
    const ofFailed = missing.filter((row) => fates.get(tally.shardOf(row) ?? 0)?.kind === 'failed').length
    return {
      ...outcomeOf(embedder, { dataset: checked, shard: null }, { ...images, counts }),
      shards: {
        number: tally.shards,
        handedOut: shards.length,
        failed: failed.map(({ shard, attempts, reason }) => ({ shard, attempts, reason })),
      },
      missing: { ofFailed, ofOthers: missing.length - ofFailed },
    }
  })
}

/** Opened anew each time: hours may lie between, in which others wrote into the store, and a model takes room in memory. */
async function withEmbedder<Result>(
  { plan }: QueuedJob,
  tools: Tools,
  work: (embedder: Embedder) => Promise<Result>,
): Promise<Result> {
  const embedder = await openEmbedder(plan.models[0], plan, tools)
  try {
    return await work(embedder)
  } finally {
    await embedder.close()
  }
}

async function placeOf({ plan }: QueuedJob, { images, store }: Embedder): Promise<StoredPlace> {
  return { space: images, hashes: await imageHashes(plan.dataset, store) }
}

type Begun = {
  /** Those to hand out. */
  readonly shards: readonly QueuedShard[]
  readonly tally: ShardTally
  /** Keys of the vectors that were in the store already: also of images that nobody knew without opening them. */
  readonly before: KeySet
}

/** Which shards are to be handed out. Also begins the space of the model in the store, by which workers know that it is this store. */
async function begin(job: QueuedJob, embedder: Embedder, tools: Tools): Promise<Begun> {
  const { plan, dataset, shardSize } = job
  const { model, images } = embedder
  const before = new KeySet()
  for (const key of images.keys()) before.add(key)
  const { found, missing } = await knownImages(dataset, await placeOf(job, embedder))
  const of = Math.max(1, Math.ceil(dataset.images.length / shardSize))
  const tally = new ShardTally({ dataset, of, missing, found }, (progress) =>
    tools.onProgress({ stage: 'embedding', model: model.folder.name, ...progress }),
  )
  const asked = {
    format: QUEUED_SHARD_FORMAT,
    plan: wordsOf(plan),
    store: await beginSpace(embedder),
    batch: model.batch,
    expected: {
      dataset: datasetAsFound(dataset),
      encoder: String(images.description['encoder']),
      preprocessing: String(images.description['preprocessingSha256']),
    },
  } as const
  const run = runIdOf(asked, of)
  return { shards: tally.open().map((number) => ({ ...asked, run, shard: { number, of } })), tally, before }
}

/** What of a plan goes through the queue: one written in code may hold more. */
function wordsOf({ models, dataset, resize, dtype, isolate }: EmbeddingPlan): EmbeddingPlan {
  return {
    ...{ models, dataset, resize },
    ...(dtype === undefined ? {} : { dtype }),
    ...(isolate === undefined ? {} : { isolate }),
  }
}

/** Gives the folder of the store. */
async function beginSpace({ images, model, store: { folder } }: Embedder): Promise<string> {
  await images.startWriting(await model.embeddedWith(), { beside: true, onWait: () => undefined })
  await images.finishWriting()
  if (folder !== null && images.isKept()) return folder
  throw new DatasetError('queue.store', {
    at: folder ?? 'command line',
    field: '--store',
    expected: 'a store that workers can write: their vectors come back through it',
    received: folder === null ? 'none' : 'one that cannot be written',
  })
}

async function handOut(
  shards: readonly QueuedShard[],
  tally: ShardTally,
  { shardQueue }: QueuedJob,
  { signal }: Tools,
): Promise<ReadonlyMap<number, ShardFate>> {
  try {
    return await shardQueue.handOut(shards, {
      onProgress: (number, { done, failed }) => tally.note(number, done, failed),
      onFate: (number, fate) => tally.settle(number, fate),
    })
  } catch (error) {
    if (signal?.aborted !== true) throw error
    const { embedded, left } = tally.counts()
    throw new Interrupted({ embedded, left, isKept: true })
  }
}

/** The rows that workers found unusable, each said of the shard that it is in. */
function saidOf(fates: ReadonlyMap<number, ShardFate>, tally: ShardTally): Map<number, Quarantine> {
  const said = new Map<number, Quarantine>()
  for (const [number, fate] of fates) {
    if (fate.kind !== 'done') continue
    for (const { row, code, reason } of fate.result.quarantined)
      if (tally.shardOf(row) === number) said.set(row, { code, reason })
  }
  return said
}
