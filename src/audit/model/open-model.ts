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
import { encodeImages, encodeTexts } from './run-encoders.js'
import type { Loaded } from './run-encoders.js'
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
  /** Images per run: fixed, the last batch is filled up. */
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
  const embedTexts = textEmbedder(inference, text, tokeniser)
  const tried = await tryImageEncoder(vision.at, settings, async (image, neighbours) => {
    const batch = vision.encoder.fixedBatch ?? 1 + neighbours.length
    const filled = [image, ...neighbours].slice(0, batch)
    const vectors = await encodeImages(inference, vision, settings, filled, batch)
    return vectors.subarray(0, vectors.length / filled.length)
  })
  checkTextVectors(text.at, await embedTexts(SYNTHETIC_TEXTS), tried.dim)
  const batch = vision.encoder.fixedBatch ?? (tried.isBatchInvariant ? (options.batch ?? DEFAULT_BATCH) : 1)
  return {
    facts: factsOf(folder, tried),
    preprocessing: preprocessingFacts(settings, options.resize),
    settings,
    signatures: { vision: vision.signature, text: text.signature },
    embeddedWith: {
      threads: inference.threads,
      batch,
      onnxruntime: inference.version(),
      libvips: await libvipsVersion(),
    },
    dim: tried.dim,
    batch,
    padId: tokeniser.padId,
    readImage: (path) => prepareImage(path, settings, options.resize, options.limits),
    embedPixels: (images) => encodeImages(inference, vision, settings, images, batch),
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

function textEmbedder(inference: Inference, text: Loaded<TextEncoder>, tokeniser: Tokeniser): Model['embedTexts'] {
  const { contextLength: length, padId } = tokeniser
  const batch = text.encoder.fixedBatch ?? TEXT_BATCH
  return async (texts) => {
    const lists = texts.map((prompt) => {
      const { ids, fits } = tokeniser.tokenise(prompt)
      if (!fits) throw tooLong(text.at, prompt, ids.length, length)
      return ids
    })
    return encodeTexts(inference, text, lists, { length, padId, batch })
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
