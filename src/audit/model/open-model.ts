import type { PreprocessingFacts } from '../types/facts.js'
import type { MatrixProduct } from '../types/decisions.js'
import type { Device, DeviceAsked, DeviceChoice } from '../types/device.js'
import type { Isolation } from '../types/isolation.js'
import { chooseDevice } from './choose-device.js'
import { DEFAULT_BATCH } from './choose-pace.js'
import { tryImageEncoder } from './dry-run.js'
import type { TriedImages } from './dry-run.js'
import { describeImageEncoder } from './encoder-signature.js'
import type { ImageFault } from './image-fault.js'
import { DEFAULT_IMAGE_LIMITS } from './image-limits.js'
import type { ImageLimits } from './image-limits.js'
import { openInference } from './inference-client.js'
import type { Inference } from './inference-client.js'
import type { ModelSignature } from './inference-protocol.js'
import { openDecoder } from './isolated-decoder.js'
import type { Decoder } from './isolated-decoder.js'
import { loadEncoder, once } from './load-encoder.js'
import type { ConfirmFiles } from './load-encoder.js'
import { openMatrixProduct } from './matrix-product.js'
import { onnxruntimeVersion } from './onnxruntime-version.js'
import { libvipsVersion } from './open-sharp.js'
import { expectedOf, openTexts } from './open-texts.js'
import type { TextModel, TriedTexts } from './open-texts.js'
import type { ImageSteps, PreparedImage } from './prepare-image.js'
import { preprocessingFacts } from './preprocessing.js'
import type { Preprocessing, ResizeKind } from './preprocessing.js'
import { readImageBytes } from './read-image-bytes.js'
import type { ByteRange, ImageBytes } from './read-image-bytes.js'
import type { ModelFolder } from './read-model-folder.js'
import { batchingOf, encodeImages } from './run-encoders.js'
import type { Batching } from './run-encoders.js'
import { onDevice } from './try-device.js'
import { requireProvider } from './try-provider.js'

export type OpenModelOptions = {
  readonly resize: ResizeKind
  /** Threads inside one operation; default all cores. */
  readonly threads?: number | undefined
  /** Images per run; default 32. The model's own fixed batch, or 1 for a model that is not batch-invariant, goes before it. */
  readonly batch?: number | undefined
  /** What embeds images; default the CPU. Texts and similarities are always the CPU's. */
  readonly device?: DeviceAsked | undefined
  /** Called when a device was chosen; never for `cpu`. */
  readonly onDevice?: ((choice: DeviceChoice) => void) | undefined
  /** Run in this thread instead of a worker. */
  readonly inProcess?: boolean | undefined
  /** Decode images and run the encoders in processes of their own, which may die of them. */
  readonly isolation?: Isolation | undefined
  readonly limits?: ImageLimits | undefined
  /** What an earlier dry run of these very files found; without it the image encoder is loaded and tried at once. */
  readonly tried?: TriedImages | null | undefined
  readonly confirm?: ConfirmFiles | undefined
}

/** What decides the last bits of a vector, beside model and preprocessing. */
export type EmbeddedWith = {
  readonly threads: number
  readonly batch: number
  readonly onnxruntime: string
  readonly libvips: string
  /** Absent for the CPU. */
  readonly device?: Device
}

/** A dual encoder that was checked by a dry run. Each side is loaded when it is first needed. Vectors are as the encoders give them,
 *  not normalised. */
export type Model = {
  readonly folder: ModelFolder
  /** The folder says of itself that it was constructed: an audit of it says nothing about any real model. */
  readonly isSimulated: boolean
  readonly preprocessing: PreprocessingFacts
  /** What the preprocessing does, setting by setting. */
  readonly settings: Preprocessing
  readonly tried: TriedImages
  /** Width of the vectors. */
  readonly dim: number
  /** Different images per run; a run with fewer is filled up, so that its shape never changes. */
  readonly batch: number
  readonly embeddedWith: () => Promise<EmbeddedWith>
  readonly readBytes: (path: string, range?: ByteRange) => Promise<ImageBytes | ImageFault>
  /** Decoded, resized and cropped; a box is cut out and the picture altered in between if asked for. */
  readonly prepareImage: (bytes: Uint8Array, steps?: ImageSteps) => Promise<PreparedImage | ImageFault>
  /** Prepared pixels (each height x width x 3) to vectors, images x dim, row-major. May hold NaN: the caller checks each row. `batch`: images
   *  per run for this once, where the model leaves it free. */
  readonly embedPixels: (images: readonly Uint8Array[], batch?: number) => Promise<Float32Array>
  readonly signature: () => Promise<ModelSignature>
  readonly openTexts: (tried?: TriedTexts | null) => Promise<TextModel>
  readonly similarities: MatrixProduct
  readonly close: () => Promise<void>
}

/** Opens a model folder for inference. An image encoder that was not tried before is loaded and tried on drawn images. Throws ModelError. */
export async function openModel(folder: ModelFolder, options: OpenModelOptions): Promise<Model> {
  const { threads, inProcess, isolation } = options
  const inference = openInference({ threads, inProcess, isolation })
  const decoder = openDecoder(isolation)
  try {
    return await assemble(folder, { inference, decoder }, options)
  } catch (error) {
    decoder.close()
    await inference.close()
    throw error
  }
}

async function assemble(
  folder: ModelFolder,
  { inference, decoder }: { readonly inference: Inference; readonly decoder: Decoder },
  options: OpenModelOptions,
): Promise<Model> {
  const settings = folder.preprocessing
  const { resize, limits = DEFAULT_IMAGE_LIMITS, device = 'cpu' } = options
  if (device !== 'cpu' && device !== 'auto') await requireProvider(inference, device)
  const load = (using: Inference) =>
    loadEncoder(
      using,
      folder,
      [folder.visionFile, ...folder.visionData],
      (signature, at) => describeImageEncoder(signature, at, expectedOf(folder)),
      options.confirm,
    )
  const vision = once(() => load(device === 'cpu' ? inference : onDevice(inference, 'cpu')))
  const tried = options.tried ?? (await tryImageEncoder(inference, await vision(), settings))
  const inBatchesOf = (wanted: number): Batching => batchingOf(tried.fixedBatch, tried.isBatchInvariant, wanted)
  const batching = inBatchesOf(options.batch ?? DEFAULT_BATCH)
  const encoder = once(async () => {
    const cpu = await vision()
    if (device === 'cpu') return { loaded: cpu, choice: null }
    const smallBatching = inBatchesOf(2)
    const chosen = await chooseDevice(device, inference, load, {
      cpu,
      preprocessing: settings,
      batching,
      smallBatching,
    })
    options.onDevice?.(chosen.choice)
    return chosen
  })
  return {
    folder,
    isSimulated: saysSimulated(folder),
    preprocessing: preprocessingFacts(settings, resize),
    settings,
    tried,
    dim: tried.dim,
    batch: batching.perRun,
    embeddedWith: async () => ({
      threads: inference.threads,
      batch: batching.shape,
      onnxruntime: onnxruntimeVersion(),
      libvips: await libvipsVersion(),
      ...(device === 'cpu' ? {} : named((await encoder()).choice)),
    }),
    readBytes: (path, range) => readImageBytes(path, limits, range),
    prepareImage: (bytes, steps) => decoder.prepareImage(bytes, settings, resize, { ...steps, limits }),
    embedPixels: async (images, batch) => {
      const { loaded } = await encoder()
      return encodeImages(inference, loaded, settings, images, batch === undefined ? batching : inBatchesOf(batch))
    },
    signature: async () => (await vision()).signature,
    openTexts: (known = null) => openTexts(folder, inference, { ...tried, confirm: options.confirm }, known),
    similarities: openMatrixProduct(inference),
    close: async () => {
      decoder.close()
      await inference.close()
    },
  }
}

/** The CPU is not named: what was embedded on it before devices could be chosen keeps its bytes. */
function named(choice: DeviceChoice | null): Pick<EmbeddedWith, 'device'> {
  return choice === null || choice.used === 'cpu' ? {} : { device: choice.used }
}

/** The phantom marks its config.json with `probity: { simulated: true }`. */
export function saysSimulated({ config }: Pick<ModelFolder, 'config'>): boolean {
  const mark = config['probity']
  return typeof mark === 'object' && mark !== null && 'simulated' in mark && mark.simulated === true
}
