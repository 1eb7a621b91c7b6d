import { dirname } from 'node:path'
import { embedImages } from './embedding/embed-images.js'
import type { EmbedDesk, EmbeddedImages } from './embedding/embed-images.js'
import { openEncoder } from './embedding/open-encoder.js'
import type { Encoder } from './embedding/open-encoder.js'
import { rowsOfShard } from './embedding/shard-rows.js'
import { isolationOf } from './isolation-of.js'
import { DamagedIndex } from './store/file-hashes.js'
import type { FileHashes } from './store/file-hashes.js'
import { memoryStore, openStore } from './store/open-store.js'
import type { Model } from './model/open-model.js'
import type { Store } from './store/open-store.js'
import type { Tools } from './tools.js'
import type { Dataset } from './types/dataset.js'
import type { RawEmbeddings } from './types/decisions.js'
import type { DatasetPlan, EmbeddingPlan } from './types/definitions.js'
import type { DeviceChoice } from './types/device.js'
import type { Transform } from './types/measures.js'
import type { PaceChoice } from './types/pace.js'
import type { Shard } from './types/shard.js'

/** A model of a plan with the store that its vectors go to. */
export type Embedder = Encoder & { readonly store: Store }

/** Opens a model folder beside the store of a run. Throws ModelError. */
export async function openEmbedder(
  path: string,
  plan: Pick<EmbeddingPlan, 'resize' | 'dtype' | 'isolate'>,
  tools: Tools,
): Promise<Embedder> {
  const store = storeOf(tools)
  const { resize, dtype } = plan
  const { threads, batch, device, now } = tools
  const isolation = isolationOf(plan, tools)
  const onDevice = (choice: DeviceChoice, model: string): void =>
    tools.onProgress({ stage: 'device', model, ...choice })
  const onPace = (choice: PaceChoice | null, model: string): void => tools.onProgress({ stage: 'pace', model, choice })
  const running = { threads, batch, device, isolation, onDevice, onPace, now }
  const encoder = await openEncoder(path, { resize, dtype, ...running }, store)
  return { ...encoder, store }
}

export type EmbedWhen = {
  /** Nothing is embedded before: the model may be at work on texts. */
  readonly encoderIsFree?: Promise<unknown>
  /** The share of the rows to embed, beside the processes that embed the others. Default: all rows. */
  readonly shard?: Shard | null
  /** The dataset rows to embed, ascending, where they are no shard. */
  readonly rows?: readonly number[]
}

/** Gives every usable image of a dataset, or of one shard of it, its vector, from the store or from the model. */
export async function embedDataset(
  plan: EmbeddingPlan,
  dataset: Dataset,
  { model, images, store }: Embedder,
  tools: Tools,
  { encoderIsFree = Promise.resolve(), shard = null, rows }: EmbedWhen = {},
): Promise<EmbeddedImages> {
  return embedImages(dataset, model, {
    ...(await deskOf(plan, model.folder.name, store, tools)),
    ...(rows === undefined ? {} : { rows }),
    ...(shard === null ? {} : { rows: rowsOfShard(dataset.images.length, shard), beside: true }),
    space: images,
    encoderIsFree,
  })
}

/** Gives every image that was embedded a vector of what it becomes when it is altered, from the store or from the model. Rows that
 *  cannot be altered or embedded, or whose file is no longer what it was, are left out. */
export async function embedAltered(
  plan: EmbeddingPlan,
  { dataset, images }: { dataset: Dataset; images: EmbeddedImages },
  alteration: Transform,
  embedder: Embedder,
  tools: Tools,
): Promise<RawEmbeddings> {
  const { model, store } = embedder
  const known = { ...dataset, quarantined: new Map([...dataset.quarantined, ...images.quarantined]) }
  const prepareImage: Model['prepareImage'] = (bytes, steps) => model.prepareImage(bytes, { ...steps, alteration })
  const altering = { ...model, prepareImage }
  const { embeddings } = await embedImages(known, altering, {
    ...(await deskOf(plan, model.folder.name, store, tools, alteration.id)),
    space: await embedder.openAltered(alteration),
    expected: images.hashes,
  })
  return embeddings
}

/** What a store knows of the files that the images of a dataset lie in. */
export function imageHashes({ images, labels }: DatasetPlan, store: Store): Promise<FileHashes> {
  return store.fileHashes(images ?? dirname(labels))
}

async function deskOf(
  plan: EmbeddingPlan,
  model: string,
  store: Store,
  tools: Tools,
  altered?: string,
): Promise<Omit<EmbedDesk, 'space'>> {
  const isOneOfSeveral = plan.models.length > 1 ? ({ isOneOfSeveral: true } as const) : {}
  const { mayGoOn } = tools
  const named = { model, ...isOneOfSeveral, ...(altered === undefined ? {} : { altered }) }
  const hashes = await imageHashes(plan.dataset, store)
  if (hashes.fault instanceof DamagedIndex) tools.onProgress({ stage: 'store', notice: 'index-damaged', count: 1 })
  return {
    hashes,
    signal: tools.signal,
    onProgress: (progress) => tools.onProgress({ stage: 'embedding', ...named, ...progress }),
    ...(mayGoOn === undefined ? {} : { mayGoOn: (progress) => mayGoOn({ stage: 'embedding', ...named, ...progress }) }),
    onWait: ({ pid, host }) => tools.onProgress({ stage: 'waiting', pid, host }),
  }
}

/** The store that the tools name; one that keeps nothing where they name none. */
export function storeOf({ store, now, onProgress }: Tools): Store {
  if (store === undefined || store === null) return memoryStore()
  return openStore({
    folder: store.folder,
    rehash: store.rehash ?? false,
    now,
    onNotice: ({ kind, count }) => onProgress({ stage: 'store', notice: kind, count }),
  })
}
