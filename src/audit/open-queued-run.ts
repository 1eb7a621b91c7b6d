import { datasetAsFound } from './dataset/dataset-as-found.js'
import { readDataset } from './dataset/read-dataset.js'
import { openEmbedder, storeOf } from './embed-dataset.js'
import type { Embedder } from './embed-dataset.js'
import { imageSpaceId } from './embedding/spaces.js'
import { DatasetError, ModelError } from './errors.js'
import type { QueuedShard } from './queue/queued-shard.js'
import { ShardRefused } from './queue/serve-shards.js'
import type { Tools } from './tools.js'
import type { Dataset } from './types/dataset.js'

/** The dataset and the model of a run, opened by a worker and held against what the run was begun with. */
export type QueuedRun = { readonly dataset: Dataset; readonly embedder: Embedder }

/** Opens what a queued shard names, with its batch and its store where the tools name none. Rejects with ShardRefused where this machine has other files, none, or no such store: a vector of other files
 *  would be a wrong one, and one in another store is lost. */
export async function openQueuedRun(asked: QueuedShard, own: Tools): Promise<QueuedRun> {
  const tools = { ...own, batch: own.batch ?? asked.batch, store: own.store ?? { folder: asked.store } }
  try {
    await requireStore(asked, tools)
    const dataset = await readDataset(asked.plan.dataset)
    requireDataset(asked, dataset)
    const embedder = await openEmbedder(asked.plan.models[0], asked.plan, tools)
    try {
      requireModel(asked, embedder)
    } catch (error) {
      await embedder.close()
      throw error
    }
    return { dataset, embedder }
  } catch (error) {
    throw new ShardRefused(error instanceof Error ? error : new Error(String(error)))
  }
}

const SAME_PATHS = 'Every worker must see the same files under the same paths as the command that hands out the shards'

/** Whoever hands out shards begins the space of the model in the store: where it is not, another disk lies under this path. */
async function requireStore({ expected }: QueuedShard, tools: Tools): Promise<void> {
  const store = storeOf(tools)
  if ((await store.describe(imageSpaceId(expected.encoder, expected.preprocessing))) !== null) return
  throw new DatasetError('queue.other-store', {
    at: store.folder ?? 'the store',
    expected: 'the store that the run was begun with',
    received: 'a folder without it',
    hint: `${SAME_PATHS}, or name the store with --store`,
  })
}

function requireDataset({ plan, expected }: QueuedShard, dataset: Dataset): void {
  const found = datasetAsFound(dataset)
  if (found === expected.dataset) return
  const missing = [...dataset.quarantined.values()].filter(({ code }) => code === 'file.missing').length
  throw new DatasetError('queue.other-dataset', {
    at: plan.dataset.labels,
    expected: `the dataset that the run was begun with (${short(expected.dataset)})`,
    received: `another one (${short(found)}; ${missing} of ${dataset.images.length} images are missing here)`,
    hint: SAME_PATHS,
  })
}

function requireModel({ plan, expected }: QueuedShard, { images: { description } }: Embedder): void {
  const { encoder, preprocessingSha256 } = description
  if (encoder === expected.encoder && preprocessingSha256 === expected.preprocessing) return
  const what = encoder === expected.encoder ? 'preprocessing' : 'image encoder'
  const [wanted, found] =
    what === 'preprocessing' ? [expected.preprocessing, preprocessingSha256] : [expected.encoder, encoder]
  throw new ModelError('queue.other-model', {
    at: plan.models[0],
    expected: `the ${what} that the run was begun with (${short(wanted)})`,
    received: `another one (${short(String(found))})`,
    hint: SAME_PATHS,
  })
}

/** As much of a SHA-256 as a reader compares. */
function short(sha256: string): string {
  return sha256.slice(0, 12)
}
