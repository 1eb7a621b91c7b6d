import { ModelError } from '../errors.js'
import type { Preprocessing } from './preprocessing.js'
import { CHANNELS } from './rgb-image.js'

/** Vectors that differ by less than this share of their largest number are the same to us. */
const SAME_VECTOR = 1e-6
const BATCH_TOLERANCE = 1e-5 // what batch shape alone may move in float32 (microsoft/onnxruntime#5667)

/** Three images that no working encoder confuses: a gradient, stripes and noise. Drawn, of the model's own size. */
export function syntheticImages({ width, height }: Preprocessing): [Uint8Array, Uint8Array, Uint8Array] {
  const draw = (value: (x: number, y: number, channel: number) => number) =>
    Uint8Array.from({ length: width * height * CHANNELS }, (_, index) => {
      const pixel = Math.floor(index / CHANNELS)
      return value(pixel % width, Math.floor(pixel / width), index % CHANNELS)
    })
  return [
    draw((x, y, channel) => Math.floor((255 * (x + y)) / (width + height)) >> channel),
    draw((x, _y, channel) => ((x >> 2) % 2 === 0 ? 250 - 60 * channel : 20)),
    draw((x, y, channel) => Math.imul(Math.imul(x + 1, 73856093) ^ Math.imul(y + 1, 19349663), channel + 3) >>> 24),
  ]
}

/** Texts whose vectors must differ. */
export const SYNTHETIC_TEXTS = ['a photo of a house', 'three red lines'] as const

type EncodeAlone = (image: Uint8Array, neighbours: readonly Uint8Array[]) => Promise<Float32Array>

/**
 * Whether the vector of an image is independent of its batch, and how wide vectors are.
 * `encode` gives the vector of its first argument run together with the others. Throws ModelError when the
 * encoder gives NaN (`model.nonfinite`) or the same vector for every image (`model.same-vector`).
 */
export async function tryImageEncoder(
  at: string,
  preprocessing: Preprocessing,
  encode: EncodeAlone,
): Promise<{ dim: number; isBatchInvariant: boolean }> {
  const [first, second, third] = syntheticImages(preprocessing)
  const alone = await encode(first, [])
  const together = await encode(first, [second, third])
  const others = [await encode(second, [first, third]), await encode(third, [first, second])]
  refuseNonfinite(at, [alone, together, ...others])
  if (others.every((other) => relativeDifference(together, other) <= SAME_VECTOR)) {
    throw new ModelError('model.same-vector', {
      at,
      expected: 'different vectors for different images',
      received: 'the same vector for three different images',
      hint: 'The export is broken; export the image encoder again.',
    })
  }
  return { dim: alone.length, isBatchInvariant: relativeDifference(alone, together) <= BATCH_TOLERANCE }
}

/** Checks the vectors of {@link SYNTHETIC_TEXTS} (2 x dim) as {@link tryImageEncoder} checks images. */
export function checkTextVectors(at: string, vectors: Float32Array, imageDim: number): void {
  const dim = vectors.length / SYNTHETIC_TEXTS.length
  refuseNonfinite(at, [vectors])
  if (dim !== imageDim) {
    throw new ModelError('model.widths', {
      at,
      expected: `text vectors as wide as image vectors (${imageDim})`,
      received: `width ${dim}`,
      hint: 'Both encoders must be exported with their projection (image_embeds, text_embeds).',
    })
  }
  if (relativeDifference(vectors.subarray(0, dim), vectors.subarray(dim)) <= SAME_VECTOR) {
    throw new ModelError('model.same-vector', {
      at,
      expected: 'different vectors for different texts',
      received: 'the same vector for two different texts',
      hint: 'The export is broken; export the text encoder again.',
    })
  }
}

function refuseNonfinite(at: string, vectors: readonly Float32Array[]): void {
  if (vectors.every((vector) => vector.every(Number.isFinite))) return
  throw new ModelError('model.nonfinite', {
    at,
    expected: 'finite numbers',
    received: 'NaN or infinity for a plain synthetic input',
    hint: 'Use the float32 export; half precision overflows in some models.',
  })
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
