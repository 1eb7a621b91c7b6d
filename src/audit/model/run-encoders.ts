import { describeInferenceError } from './describe-inference-error.js'
import type { ImageEncoder, TextEncoder } from './encoder-signature.js'
import type { Inference, RunResult } from './inference-client.js'
import type { NamedTensor } from './inference-protocol.js'
import type { Preprocessing } from './preprocessing.js'
import { CHANNELS } from './rgb-image.js'
import type { TensorMemory } from './tensor-memory.js'
import { padTokens } from './tokenise.js'
import { fillPixelTensor } from './to-tensor.js'

/** A loaded encoder: `at` names its file in messages. */
export type Loaded<Encoder> = {
  readonly session: number
  readonly encoder: Encoder
  readonly at: string
  readonly memory: TensorMemory
}

/** `perRun` different items go into one run; the run itself always has `shape` rows, because the batch shape can move last bits. */
export type Batching = { readonly perRun: number; readonly shape: number }

/**
 * How to batch an encoder: by its fixed batch, else by `wanted`. Where vectors depend on their batch, one item per run,
 * its copies filling a fixed batch.
 */
export function batchingOf(fixedBatch: number | null, isBatchInvariant: boolean, wanted: number): Batching {
  if (!isBatchInvariant) return { perRun: 1, shape: fixedBatch ?? 1 }
  const shape = fixedBatch ?? wanted
  return { perRun: shape, shape }
}

/**
 * Vectors of prepared images as the encoder gives them: images x dim, row-major, not normalised.
 * A run with too few images is filled up with copies of its first.
 */
export function encodeImages(
  inference: Inference,
  { session, encoder, at, memory }: Loaded<ImageEncoder>,
  preprocessing: Preprocessing,
  images: readonly Uint8Array[],
  batching: Batching,
): Promise<Float32Array> {
  const { width, height } = preprocessing
  return inBatches(images, batching, async (members) => {
    const pixels = memory.take(members.length * CHANNELS * width * height)
    fillPixelTensor(pixels, members, preprocessing)
    const dims = [members.length, CHANNELS, height, width]
    const feed: NamedTensor = { name: encoder.input, type: 'float32', data: pixels, dims }
    const { vectors, spent } = await runEncoder(inference, session, at, [feed], encoder.output)
    for (const array of spent) if (array instanceof Float32Array) memory.giveBack(array)
    return vectors
  })
}

/** Vectors of tokenised texts (texts x dim, row-major, not normalised), each padded to `length` tokens. */
export function encodeTexts(
  inference: Inference,
  { session, encoder, at }: Loaded<TextEncoder>,
  texts: readonly (readonly number[])[],
  { length, padId, batching }: { length: number; padId: number; batching: Batching },
): Promise<Float32Array> {
  return inBatches(texts, batching, async (members) => {
    const { ids, mask } = padTokens(members, length, padId)
    const dims = [members.length, length]
    const feeds = [integerTensor(encoder.ids, encoder.idType, ids, dims)]
    if (encoder.mask !== null) feeds.push(integerTensor(encoder.mask.name, encoder.mask.type, mask, dims))
    return (await runEncoder(inference, session, at, feeds, encoder.output)).vectors
  })
}

async function inBatches<Item>(
  items: readonly Item[],
  { perRun, shape }: Batching,
  encode: (members: Item[]) => Promise<Float32Array>,
): Promise<Float32Array> {
  let result = new Float32Array(0)
  for (let start = 0; start < items.length; start += perRun) {
    const members = items.slice(start, start + perRun)
    const filling = Array.from({ length: shape - members.length }, () => items[start])
    const vectors = await encode([...members, ...filling])
    const dim = vectors.length / shape
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
): Promise<{ vectors: Float32Array; spent: RunResult['spent'] }> {
  try {
    const { outputs, spent } = await inference.run(session, feeds, [output])
    const [vectors] = outputs
    if (vectors?.type !== 'float32') throw new Error(`the output ${output} is not float32`)
    return { vectors: vectors.data, spent }
  } catch (error) {
    throw describeInferenceError(error, at)
  }
}

function integerTensor(name: string, type: 'int64' | 'int32', values: readonly number[], dims: number[]): NamedTensor {
  return type === 'int64'
    ? { name, type, data: BigInt64Array.from(values, BigInt), dims }
    : { name, type, data: Int32Array.from(values), dims }
}
