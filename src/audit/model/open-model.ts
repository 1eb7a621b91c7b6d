import { join } from 'node:path'
import { ModelError, quoted } from '../errors.js'
import type { ModelFacts, PreprocessingFacts } from '../types/audit.js'
import type { MatrixProduct } from '../types/decisions.js'
import { describeInferenceError } from './describe-inference-error.js'
import { checkTextVectors, SYNTHETIC_TEXTS, tryImageEncoder } from './dry-run.js'
import { describeImageEncoder, describeTextEncoder } from './encoder-signature.js'
import type { ImageEncoder, TextEncoder } from './encoder-signature.js'
import type { ImageFault } from './image-fault.js'
import type { ImageLimits } from './image-limits.js'
import { openInference } from './inference-client.js'
import type { Inference } from './inference-client.js'
import type { ModelSignature } from './inference-protocol.js'
import { openMatrixProduct } from './matrix-product.js'
import { libvipsVersion } from './open-sharp.js'
import { prepareImage } from './prepare-image.js'
import type { PreparedImage } from './prepare-image.js'
import { preprocessingFacts } from './preprocessing.js'
import type { Preprocessing, ResizeKind } from './preprocessing.js'
import { readModelFolder } from './read-model-folder.js'
import type { ModelFolder } from './read-model-folder.js'
import { batchingOf, encodeImages, encodeTexts } from './run-encoders.js'
import type { Batching, Loaded } from './run-encoders.js'
import { openTokeniser } from './tokenise.js'
import type { Tokeniser, Tokens } from './tokenise.js'

export type OpenModelOptions = {
  readonly resize: ResizeKind
  /** Threads inside one operation; default all cores. */
  readonly threads?: number
  /** Images per run; default 32. The model's own fixed batch, or 1 for a model that is not batch-invariant, goes before it. */
  readonly batch?: number
  /** Run in this thread instead of a worker. */
  readonly inProcess?: boolean
  /** Suffix of the encoder files; default none, which is float32. */
  readonly dtype?: string
  readonly limits?: ImageLimits
}

/** A dual encoder, loaded, checked by a dry run, and ready. Vectors are as the encoders give them, not normalised. */
export type Model = {
  readonly facts: ModelFacts
  /** The folder says of itself that it was constructed: an audit of it says nothing about any real model. */
  readonly isSimulated: boolean
  readonly preprocessing: PreprocessingFacts
  /** What the preprocessing does, setting by setting. */
  readonly settings: Preprocessing
  readonly signatures: { readonly vision: ModelSignature; readonly text: ModelSignature }
  readonly embeddedWith: {
    readonly threads: number
    readonly batch: number
    readonly onnxruntime: string
    readonly libvips: string
  }
  /** Width of the vectors. */
  readonly dim: number
  /** Different images per run; a run with fewer is filled up, so that its shape never changes. */
  readonly batch: number
  readonly padId: number
  readonly readImage: (path: string) => Promise<PreparedImage | ImageFault>
  /** Prepared pixels (each height x width x 3) to vectors, images x dim, row-major. May hold NaN: the caller checks each row. */
  readonly embedPixels: (images: readonly Uint8Array[]) => Promise<Float32Array>
  readonly tokenise: (text: string) => Tokens
  /** Texts to vectors, texts x dim, row-major. Throws ModelError for a text that does not fit the context. */
  readonly embedTexts: (texts: readonly string[]) => Promise<Float32Array>
  readonly similarities: MatrixProduct
  readonly close: () => Promise<void>
}

const DEFAULT_BATCH = 32
const TEXT_BATCH = 16

/** Opens a model folder: reads and checks it, loads both encoders, tries them on synthetic inputs. Throws ModelError. */
export async function openModel(path: string, options: OpenModelOptions): Promise<Model> {
  const folder = await readModelFolder(path, options.dtype === undefined ? {} : { dtype: options.dtype })
  const { threads, inProcess } = options
  const inference = openInference({
    ...(threads === undefined ? {} : { threads }),
    ...(inProcess === undefined ? {} : { inProcess }),
  })
  try {
    return await assemble(folder, inference, options)
  } catch (error) {
    await inference.close()
    throw error
  }
}

async function assemble(folder: ModelFolder, inference: Inference, options: OpenModelOptions): Promise<Model> {
  const settings = folder.preprocessing
  const vision = await load(inference, folder, folder.visionFile, (signature, at) =>
    describeImageEncoder(signature, at, settings),
  )
  const text = await load(inference, folder, folder.textFile, describeTextEncoder)
  const tokeniser = await openTokeniser(folder, text.encoder.fixedLength)
  const tried = await tryImageEncoder(vision.at, settings, async (image, neighbours) => {
    const shape = vision.encoder.fixedBatch ?? 1 + neighbours.length
    const members = [image, ...neighbours].slice(0, shape)
    const vectors = await encodeImages(inference, vision, settings, members, { perRun: shape, shape })
    return vectors.subarray(0, vectors.length / members.length)
  })
  const batchingFor = (fixedBatch: number | null, wanted: number) =>
    batchingOf(fixedBatch, tried.isBatchInvariant, wanted)
  const embedTexts = textEmbedder(inference, text, tokeniser, batchingFor(text.encoder.fixedBatch, TEXT_BATCH))
  checkTextVectors(text.at, await embedTexts(SYNTHETIC_TEXTS), tried.dim)
  const batching = batchingFor(vision.encoder.fixedBatch, options.batch ?? DEFAULT_BATCH)
  return {
    facts: factsOf(folder, tried),
    isSimulated: saysSimulated(folder),
    preprocessing: preprocessingFacts(settings, options.resize),
    settings,
    signatures: { vision: vision.signature, text: text.signature },
    embeddedWith: {
      threads: inference.threads,
      batch: batching.shape,
      onnxruntime: inference.version(),
      libvips: await libvipsVersion(),
    },
    dim: tried.dim,
    batch: batching.perRun,
    padId: tokeniser.padId,
    readImage: (path) => prepareImage(path, settings, options.resize, options.limits),
    embedPixels: (images) => encodeImages(inference, vision, settings, images, batching),
    tokenise: tokeniser.tokenise,
    embedTexts,
    similarities: openMatrixProduct(inference),
    close: inference.close,
  }
}

type LoadedWithSignature<Encoder> = Loaded<Encoder> & { readonly signature: ModelSignature }

async function load<Encoder extends ImageEncoder | TextEncoder>(
  inference: Inference,
  { folder }: ModelFolder,
  file: string,
  describe: (signature: ModelSignature, at: string) => Encoder,
): Promise<LoadedWithSignature<Encoder>> {
  const at = join(folder, file)
  const { session, signature } = await inference.loadModel({ path: at }).catch((error: unknown) => {
    throw describeInferenceError(error, at)
  })
  return { session, signature, encoder: describe(signature, at), at }
}

function textEmbedder(
  inference: Inference,
  text: Loaded<TextEncoder>,
  tokeniser: Tokeniser,
  batching: Batching,
): Model['embedTexts'] {
  const { contextLength: length, padId } = tokeniser
  return async (texts) => {
    const lists = texts.map((prompt) => {
      const { ids, fits } = tokeniser.tokenise(prompt)
      if (!fits) throw tooLong(text.at, prompt, ids.length, length)
      return ids
    })
    return encodeTexts(inference, text, lists, { length, padId, batching })
  }
}

function tooLong(at: string, prompt: string, tokens: number, length: number): ModelError {
  return new ModelError('model.prompt-too-long', {
    at,
    expected: `prompts of at most ${length} tokens`,
    received: `${tokens} tokens in ${quoted(prompt)}`,
    hint: 'Shorten the label or the template; prompts are never cut.',
  })
}

/** The phantom marks its config.json with `probity: { simulated: true }`. */
function saysSimulated({ config }: ModelFolder): boolean {
  const mark = config['probity']
  return typeof mark === 'object' && mark !== null && 'simulated' in mark && mark.simulated === true
}

function factsOf(
  folder: ModelFolder,
  { dim, isBatchInvariant }: { dim: number; isBatchInvariant: boolean },
): ModelFacts {
  return {
    id: folder.name,
    name: folder.name,
    sha256: folder.sha256,
    files: folder.files,
    dim,
    logitScale: folder.logitScale,
    logitScaleReason: folder.logitScaleReason,
    batchInvariant: isBatchInvariant,
  }
}
