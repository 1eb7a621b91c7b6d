import { createHash } from 'node:crypto'
import type { ModelFacts, PreprocessingFacts } from './types/facts.js'
import type { ModelSignature } from './model/inference-protocol.js'
import { imageNotes } from './model/image-note.js'
import { modelFacts } from './model/model-facts.js'
import { identifyModel } from './model/model-identity.js'
import { openModel } from './model/open-model.js'
import type { EmbeddedWith, Model } from './model/open-model.js'
import type { TextModel } from './model/open-texts.js'
import { readModelFolder } from './model/read-model-folder.js'
import { describeTensor } from './model/describe-tensor.js'
import type { ChannelStatistics } from './model/describe-tensor.js'
import type { ImageFault } from './model/image-fault.js'
import type { ResizeKind } from './model/preprocessing.js'
import type { DeviceAsked, DeviceChoice } from './types/device.js'
import type { Dtypes } from './types/dtype.js'
import type { Isolation } from './types/isolation.js'

/** A vector as the encoder gives it, and its length (Euclidean norm; null when a number is not finite). */
export type CheckedVector = { readonly raw: readonly (number | null)[]; readonly norm: number | null }

export type CheckedText = {
  readonly text: string
  /** Without padding, start and end token included. */
  readonly ids: readonly number[]
  readonly paddedLength: number
  readonly padId: number
  readonly fits: boolean
  /** Tokens that are a piece of a character. */
  readonly fragments: number
  /** null when the text does not fit: nothing is cut. */
  readonly embedding: CheckedVector | null
}

export type CheckedImage =
  | {
      readonly path: string
      readonly fault: null
      readonly sha256OfBytes: string
      /** Of the resized and cropped 8-bit RGB pixels, height x width x 3. */
      readonly sha256OfPixels: string
      readonly width: number
      readonly height: number
      readonly flags: readonly string[]
      /** Of the tensor the encoder is given, for red, green and blue. */
      readonly channels: readonly ChannelStatistics[]
      readonly embedding: CheckedVector
    }
  | { readonly path: string; readonly fault: Omit<ImageFault, 'kind'> }

/** Everything that lets a user compare a model folder, step by step, with another implementation. Plain JSON. */
export type ModelCheck = {
  readonly model: ModelFacts
  readonly preprocessing: PreprocessingFacts
  readonly vision: ModelSignature
  readonly text: ModelSignature
  readonly embeddedWith: EmbeddedWith
  /** Which device embeds images, and why not the others; absent where the CPU was asked for. */
  readonly device?: DeviceChoice
  readonly texts: readonly CheckedText[]
  readonly images: readonly CheckedImage[]
  /** Cosines, one row per image in order, one column per text; null where either has no finite vector. */
  readonly similarities: readonly (readonly (number | null)[])[]
}

export type CheckOptions = {
  readonly texts: readonly string[]
  readonly images: readonly string[]
  readonly resize: ResizeKind
  readonly dtype?: Dtypes | undefined
  readonly device?: DeviceAsked | undefined
  /** Decode and run the encoders in processes of their own. */
  readonly isolation?: Isolation | undefined
}

/**
 * Opens a model folder and shows what it makes of the given texts and image files: tokens, pixels, tensors, vectors
 * and cosines (computed in double precision). Throws ModelError when the folder cannot be used; a bad image is reported as a fault.
 */
export async function runModelCheck(
  folder: string,
  { texts, images, resize, dtype, device, isolation }: CheckOptions,
): Promise<ModelCheck> {
  const read = await readModelFolder(folder, dtype)
  const choices: DeviceChoice[] = []
  const model = await openModel(read, { resize, device, isolation, onDevice: (chosen) => choices.push(chosen) })
  try {
    const textModel = await model.openTexts()
    const checkedTexts: CheckedText[] = []
    for (const text of texts) checkedTexts.push(await checkText(textModel, text))
    const checkedImages: CheckedImage[] = []
    for (const path of images) checkedImages.push(await checkImage(model, path))
    return {
      model: modelFacts(model, await identifyModel(read)),
      preprocessing: model.preprocessing,
      vision: await model.signature(),
      text: await textModel.signature(),
      embeddedWith: await model.embeddedWith(),
      ...(choices.length === 0 ? {} : { device: choices[0] }),
      texts: checkedTexts,
      images: checkedImages,
      similarities: checkedImages.map((image) => checkedTexts.map((text) => cosine(vectorOf(image), text.embedding))),
    }
  } finally {
    await model.close()
  }
}

async function checkText(model: TextModel, text: string): Promise<CheckedText> {
  const { ids, fits, contextLength, fragments } = model.tokenise(text)
  const embedding = fits ? checkVector(await model.embedTexts([text])) : null
  return { text, ids, paddedLength: contextLength, padId: model.padId, fits, fragments, embedding }
}

async function checkImage(model: Model, path: string): Promise<CheckedImage> {
  const read = await model.readBytes(path)
  if (read.kind === 'fault') return faulty(path, read)
  const image = await model.prepareImage(read.bytes)
  if (image.kind === 'fault') return faulty(path, image)
  const { sha256OfPixels, channels } = describeTensor(image.pixels, model.settings)
  return {
    path,
    fault: null,
    sha256OfBytes: createHash('sha256').update(read.bytes).digest('hex'),
    sha256OfPixels,
    width: image.width,
    height: image.height,
    flags: imageNotes(path, image.format, image.flags),
    channels,
    embedding: checkVector(await model.embedPixels([image.pixels])),
  }
}

function faulty(path: string, { code, reason }: ImageFault): CheckedImage {
  return { path, fault: { code, reason } }
}

function checkVector(vector: Float32Array): CheckedVector {
  const raw = Array.from(vector, (value) => (Number.isFinite(value) ? value : null))
  return { raw, norm: raw.includes(null) ? null : Math.hypot(...vector) }
}

function vectorOf(image: CheckedImage): CheckedVector | null {
  return image.fault === null ? image.embedding : null
}

function cosine(left: CheckedVector | null, right: CheckedVector | null): number | null {
  if (left === null || right === null || !left.norm || !right.norm) return null
  const product = left.raw.reduce<number>((sum, value, index) => sum + (value ?? 0) * (right.raw[index] ?? 0), 0)
  return product / (left.norm * right.norm)
}
