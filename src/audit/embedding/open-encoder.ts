import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { identifyModel, identifyText, identifyVision } from '../model/model-identity.js'
import type { ModelIdentity } from '../model/model-identity.js'
import { openModel } from '../model/open-model.js'
import type { Model } from '../model/open-model.js'
import type { OpenProbed } from '../model/probe-pace.js'
import type { TextModel } from '../model/open-texts.js'
import { preprocessingFacts } from '../model/preprocessing.js'
import type { ResizeKind } from '../model/preprocessing.js'
import { readModelFolder } from '../model/read-model-folder.js'
import type { Store } from '../store/open-store.js'
import type { VectorSpace } from '../store/vector-space.js'
import type { DeviceAsked, DeviceChoice } from '../types/device.js'
import type { Isolation } from '../types/isolation.js'
import type { Dtypes } from '../types/dtype.js'
import type { Transform } from '../types/measures.js'
import type { NumberAsked, PaceChoice } from '../types/pace.js'
import { modelFiles } from './remembered-hashes.js'
import { settlePace } from './settle-pace.js'
import {
  alterationText,
  alteredSpaceId,
  describeImages,
  describeTexts,
  imageSpaceId,
  textSpaceId,
  triedImages,
  triedTexts,
} from './spaces.js'

export type EncoderOptions = {
  readonly resize: ResizeKind
  /** Precision of the encoder files; default fp32. */
  readonly dtype?: Dtypes | undefined
  /** `auto`, of threads or of images per run: as the stored vectors were made, else what a short measurement takes. */
  readonly threads?: NumberAsked | undefined
  /** Images per run; by default what the stored vectors were made with, so that their last bits agree. */
  readonly batch?: NumberAsked | undefined
  /** What embeds images; default the CPU. Stored vectors are used whatever made them, and say what it was. */
  readonly device?: DeviceAsked | undefined
  /** Decode images and run the encoders in processes of their own. */
  readonly isolation?: Isolation | undefined
  readonly onDevice?: ((choice: DeviceChoice, model: string) => void) | undefined
  /** What was taken for what is left open; first null, where it has to be measured. */
  readonly onPace?: ((choice: PaceChoice | null, model: string) => void) | undefined
  /** Clock in milliseconds, for what is left open. */
  readonly now: () => number
}

/** A text encoder with the vectors it gave before. */
export type TextSide = { readonly texts: TextModel; readonly space: VectorSpace }

/** A model with the image vectors it gave before. */
export type Encoder = {
  readonly model: Model
  readonly images: VectorSpace
  /** SHA-256 of what decides an image's vector: the address of `images` in its store. */
  readonly spaceId: string
  /** The vectors of images that are altered before they are prepared, each alteration in a space of its own. */
  readonly openAltered: (alteration: Transform) => Promise<VectorSpace>
  /** Over every file of the folder that is used; reads those that are not known yet. */
  readonly identity: () => Promise<ModelIdentity>
  readonly openTexts: () => Promise<TextSide>
  /** What was taken of threads and images per run where they were left open; named ones are not in it. */
  readonly pace: { readonly threads?: number; readonly batch?: number }
  /** Which device embeds; null while nothing was embedded, and where the CPU was asked for. */
  readonly deviceChoice: () => DeviceChoice | null
  readonly close: () => Promise<void>
}

/** Opens a model folder beside a store. What the store knows is not done again: hashing the weights, trying the encoders. An encoder is
 *  loaded only when something has to be embedded. Throws ModelError. */
export async function openEncoder(path: string, options: EncoderOptions, store: Store): Promise<Encoder> {
  const folder = await readModelFolder(path, options.dtype)
  const hashes = await store.fileHashes(resolve(path))
  const { hashFile, confirm } = modelFiles(hashes)
  const vision = await identifyVision(folder, hashFile)
  const preprocessing = preprocessingFacts(folder.preprocessing, options.resize)
  const id = imageSpaceId(vision.sha256, preprocessing.sha256)
  const stored = await store.describe(id)
  const known = stored === null ? null : await store.openSpace(id, stored.dim, stored.description)
  const tried = stored === null ? null : triedImages(stored)
  let chosen: DeviceChoice | null = null
  const onDevice = (choice: DeviceChoice): void => {
    chosen = choice
    options.onDevice?.(choice, folder.name)
  }
  const { resize, device, isolation, now } = options
  const running = { resize, device, isolation, confirm }
  const asked = { threads: options.threads, batch: options.batch }
  const desk = { cores: availableParallelism(), now, onProbe: () => options.onPace?.(null, folder.name) }
  const open: OpenProbed = (numbers) => openModel(folder, { ...running, tried, ...numbers })
  const { choice, ...pace } = await settlePace(asked, known?.lastSettings() ?? null, open, desk)
  if (choice !== null) options.onPace?.(choice, folder.name)
  const { threads, batch } = pace
  const model = await openModel(folder, { ...running, threads, batch, onDevice, tried: tried ?? pace.tried })
  const description = describeImages(folder.name, vision.sha256, preprocessing, model.tried)
  return {
    model,
    spaceId: id,
    images: tried !== null && known !== null ? known : await store.openSpace(id, model.dim, description),
    openAltered: (alteration) => {
      const alteredId = alteredSpaceId(vision.sha256, preprocessing.sha256, alteration)
      const prepared = `altered (${alterationText(alteration)}), then ${String(description['prepared'])}`
      return store.openSpace(alteredId, model.dim, { ...description, prepared })
    },
    identity: () => identifyModel(folder, hashFile),
    openTexts: async () => {
      const text = await identifyText(folder, hashFile)
      const textId = textSpaceId(text.sha256)
      const before = await store.describe(textId)
      const texts = await model.openTexts(before?.dim === model.dim ? triedTexts(before) : null)
      const description = describeTexts(folder.name, text.sha256, texts.tried)
      return { texts, space: await store.openSpace(textId, model.dim, description) }
    },
    pace: takenOf(choice),
    deviceChoice: () => chosen,
    close: async () => {
      await model.close()
      await hashes.save()
    },
  }
}

function takenOf(choice: PaceChoice | null): Encoder['pace'] {
  const { threads = null, batch = null } = choice ?? {}
  return {
    ...(threads === null ? {} : { threads: threads.taken }),
    ...(batch === null ? {} : { batch: batch.taken }),
  }
}
