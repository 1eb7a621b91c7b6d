import { describeInferenceError } from './describe-inference-error.js'
import type { ImageEncoder, TextEncoder } from './encoder-signature.js'
import type { Inference } from './inference-client.js'
import type { NamedTensor } from './inference-protocol.js'
import type { Preprocessing } from './preprocessing.js'
import { CHANNELS } from './rgb-image.js'
import { padTokens } from './tokenise.js'
import { fillPixelTensor } from './to-tensor.js'

/** A loaded encoder: `at` names its file in messages. */
export type Loaded<Encoder> = { readonly session: number; readonly encoder: Encoder; readonly at: string }

/**
 * Vectors of prepared images as the encoder gives them (images x dim, row-major, not normalised), `batch` at a time.
 * The last batch is filled up with the first image: the batch shape never changes, because it can move last bits.
 */
export function encodeImages(
  inference: Inference,
  { session, encoder, at }: Loaded<ImageEncoder>,
  preprocessing: Preprocessing,
  images: readonly Uint8Array[],
  batch: number,
): Promise<Float32Array> {
  const { width, height } = preprocessing
  return inBatches(images, batch, async (members) => {
    const pixels = new Float32Array(batch * CHANNELS * width * height)
    fillPixelTensor(pixels, members, preprocessing)
    const dims = [batch, CHANNELS, height, width]
    return runEncoder(
      inference,
      session,
      at,
      [{ name: encoder.input, type: 'float32', data: pixels, dims }],
      encoder.output,
    )
  })
}

/** Vectors of tokenised texts (texts x dim, row-major, not normalised), each padded to `length` tokens. */
export function encodeTexts(
  inference: Inference,
  { session, encoder, at }: Loaded<TextEncoder>,
  texts: readonly (readonly number[])[],
  { length, padId, batch }: { length: number; padId: number; batch: number },
): Promise<Float32Array> {
  return inBatches(texts, batch, async (members) => {
    const { ids, mask } = padTokens(members, length, padId)
    const feeds = [integerTensor(encoder.ids, encoder.idType, ids, [batch, length])]
    if (encoder.mask !== null) feeds.push(integerTensor(encoder.mask.name, encoder.mask.type, mask, [batch, length]))
    return runEncoder(inference, session, at, feeds, encoder.output)
  })
}

async function inBatches<Item>(
  items: readonly Item[],
  batch: number,
  encode: (members: Item[]) => Promise<Float32Array>,
): Promise<Float32Array> {
  let result = new Float32Array(0)
  for (let start = 0; start < items.length; start += batch) {
    const members = items.slice(start, start + batch)
    const filled = [...members, ...Array.from({ length: batch - members.length }, () => items[0])]
    const vectors = await encode(filled)
    const dim = vectors.length / batch
    if (start === 0) result = new Float32Array(items.length * dim)
    result.set(vectors.subarray(0, members.length * dim), start * dim)
  }
  return result
}

async function runEncoder(
  inference: Inference,
  session: number,
  at: string,
  feeds: NamedTensor[],
  output: string,
): Promise<Float32Array> {
  try {
    const [vectors] = await inference.run(session, feeds, [output])
    if (vectors?.type !== 'float32') throw new Error(`the output ${output} is not float32`)
    return vectors.data
  } catch (error) {
    throw describeInferenceError(error, at)
  }
}

function integerTensor(name: string, type: 'int64' | 'int32', values: readonly number[], dims: number[]): NamedTensor {
  return type === 'int64'
    ? { name, type, data: BigInt64Array.from(values, BigInt), dims }
    : { name, type, data: Int32Array.from(values), dims }
}
