import { ModelError } from '../errors.js'
import type { ImageEncoder } from './encoder-signature.js'
import type { Inference } from './inference-client.js'
import type { Preprocessing } from './preprocessing.js'
import { CHANNELS } from './rgb-image.js'
import { encodeImages } from './run-encoders.js'
import type { Batching, Loaded } from './run-encoders.js'

/** Vectors that differ by less than this share of their largest number are the same to us. */
const SAME_VECTOR = 1e-6
const BATCH_TOLERANCE = 1e-5 // what batch shape alone may move in float32 (microsoft/onnxruntime#5667)

/** Two images that no working encoder confuses, one dull and one with every level: a gradient and noise, of the model's own size. */
export function drawTwoImages({ width, height }: Preprocessing): [Uint8Array, Uint8Array] {
  const [dull, noise] = [new Uint8Array(width * height * CHANNELS), new Uint8Array(width * height * CHANNELS)]
  let index = 0
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const grey = Math.floor((255 * (x + y)) / (width + height))
      const mixed = Math.imul(x + 1, 73856093) ^ Math.imul(y + 1, 19349663)
      for (let channel = 0; channel < CHANNELS; channel++, index++) {
        dull[index] = grey >> channel
        noise[index] = Math.imul(mixed, channel + 3) >>> 24
      }
    }
  }
  return [dull, noise]
}

/** Texts whose vectors must differ. */
export const SYNTHETIC_TEXTS = ['a photo of a house', 'three red lines'] as const

/** What trying an image encoder found out; given back, it saves trying again. */
export type TriedImages = {
  /** Width of the vectors. */
  readonly dim: number
  /** Whether the vector of an image is independent of its batch. */
  readonly isBatchInvariant: boolean
  readonly fixedBatch: number | null
}

/**
 * Tries an image encoder on two drawn images: each alone, then both together (one at a time where the batch is fixed at 1). One of them
 * alone would not do: beside an image of a narrower range a quantised encoder changes nothing.
 * Throws ModelError when it gives NaN (`model.nonfinite`) or the same vector for every image (`model.same-vector`).
 */
export async function tryImageEncoder(
  inference: Inference,
  vision: Loaded<ImageEncoder>,
  preprocessing: Preprocessing,
): Promise<TriedImages> {
  const { fixedBatch } = vision.encoder
  const images = drawTwoImages(preprocessing)
  const encode = (members: readonly Uint8Array[]): Promise<Float32Array> => {
    const shape = fixedBatch ?? members.length
    return encodeImages(inference, vision, preprocessing, members, { perRun: shape, shape })
  }
  const alone = [await encode(images.slice(0, 1)), await encode(images.slice(1))] as const
  const together = await encode(images)
  const dim = alone[0].length
  const [first, second] = [together.subarray(0, dim), together.subarray(dim)]
  refuseNonfinite(vision.at, [...alone, together])
  if (relativeDifference(first, second) <= SAME_VECTOR) {
    throw new ModelError('model.same-vector', {
      at: vision.at,
      expected: 'different vectors for different images',
      received: 'the same vector for two different images',
      hint: 'The export is broken; export the image encoder again.',
    })
  }
  return { dim, isBatchInvariant: areAlike(alone, [first, second]), fixedBatch }
}

/** Encodes texts in batches: texts x dim, row-major. */
type EncodeTexts = (texts: readonly string[], batching: Batching) => Promise<Float32Array>

/**
 * Tries a text encoder as {@link tryImageEncoder} tries that of images, on two texts; says whether their vectors are independent of the batch.
 * `dim`: width of the image vectors. Throws ModelError.
 */
export async function tryTextEncoder(
  at: string,
  encode: EncodeTexts,
  { fixedBatch, dim }: { fixedBatch: number | null; dim: number },
): Promise<boolean> {
  const shapeOf = (texts: number): Batching => ({ perRun: fixedBatch ?? texts, shape: fixedBatch ?? texts })
  const alone = [await encode(SYNTHETIC_TEXTS.slice(0, 1), shapeOf(1)), await encode(SYNTHETIC_TEXTS.slice(1), shapeOf(1))] as const // prettier-ignore
  const together = await encode(SYNTHETIC_TEXTS, shapeOf(SYNTHETIC_TEXTS.length))
  refuseNonfinite(at, [...alone, together])
  if (alone[0].length !== dim) {
    throw new ModelError('model.widths', {
      at,
      expected: `text vectors as wide as image vectors (${dim})`,
      received: `width ${alone[0].length}`,
      hint: 'Both encoders must be exported with their projection (image_embeds, text_embeds).',
    })
  }
  const [first, second] = [together.subarray(0, dim), together.subarray(dim)]
  if (relativeDifference(first, second) <= SAME_VECTOR) {
    throw new ModelError('model.same-vector', {
      at,
      expected: 'different vectors for different texts',
      received: 'the same vector for two different texts',
      hint: 'The export is broken; export the text encoder again.',
    })
  }
  return areAlike(alone, [first, second])
}

function refuseNonfinite(at: string, vectors: readonly Float32Array[]): void {
  if (vectors.every((vector) => vector.every(Number.isFinite))) return
  throw new ModelError('model.nonfinite', {
    at,
    expected: 'finite numbers',
    received: 'NaN or infinity for a plain synthetic input',
    hint: 'Use the float32 export (--dtype fp32); half precision overflows in some models.',
  })
}

/** Whether each vector alone is the one that it is among others. */
function areAlike(alone: readonly Float32Array[], together: readonly Float32Array[]): boolean {
  return alone.every((vector, index) => relativeDifference(vector, together[index]) <= BATCH_TOLERANCE)
}

/** Largest difference over largest value. */
function relativeDifference(left: Float32Array, right: Float32Array): number {
  let difference = 0
  let largest = 0
  left.forEach((value, index) => {
    difference = Math.max(difference, Math.abs(value - (right[index] ?? NaN)))
    largest = Math.max(largest, Math.abs(value))
  })
  return largest === 0 ? (difference === 0 ? 0 : Infinity) : difference / largest
}
