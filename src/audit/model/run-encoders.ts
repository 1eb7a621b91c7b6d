import { describeInferenceError } from './describe-inference-error.js'
import type { IdleInput, ImageEncoder, TextEncoder } from './encoder-signature.js'
import { halvesToFloats, numberToHalf } from './half-float.js'
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
  return inBatches(images, batching, async (members) => {
    const feed = imageFeed(encoder, members, preprocessing, memory)
    const feeds = [feed, ...encoder.idle.map((input) => idleTensor(input, members.length, 0))]
    const { vectors, spent } = await runEncoder(inference, session, at, feeds, encoder.output)
    for (const array of spent) if (array instanceof Float32Array) memory.giveBack(array)
    return vectors
  })
}

/** Prepared images as the encoder takes them, in memory that is used again. */
export function imageFeed(
  encoder: ImageEncoder,
  images: readonly Uint8Array[],
  preprocessing: Preprocessing,
  memory: TensorMemory,
): NamedTensor {
  const feed = pixelTensor(encoder, [images.length, CHANNELS, preprocessing.height, preprocessing.width], memory)
  fillPixelTensor(feed.data, images, preprocessing)
  return feed
}

/** Tokenised texts as the encoder takes them, padded to `length`. */
export function textFeeds(
  encoder: Pick<TextEncoder, 'ids' | 'idType' | 'mask' | 'idle'>,
  texts: readonly (readonly number[])[],
  { length, padId }: { length: number; padId: number },
): NamedTensor[] {
  const { ids, mask } = padTokens(texts, length, padId)
  const dims = [texts.length, length]
  const feeds = [integerTensor(encoder.ids, encoder.idType, ids, dims)]
  if (encoder.mask !== null) feeds.push(integerTensor(encoder.mask.name, encoder.mask.type, mask, dims))
  return [...feeds, ...encoder.idle.map((input) => idleTensor(input, texts.length, length))]
}

export type TextPadding = {
  /** Tokens that a text of so many tokens is padded to. */
  readonly lengthOf: (tokens: number) => number
  readonly padId: number
  readonly batching: Batching
}

/** Vectors of tokenised texts (texts x dim, row-major, not normalised). Texts that are padded to one length share batches. */
export async function encodeTexts(
  inference: Inference,
  { session, encoder, at }: Loaded<TextEncoder>,
  texts: readonly (readonly number[])[],
  { lengthOf, padId, batching }: TextPadding,
): Promise<Float32Array> {
  const lengths = texts.map(({ length }) => lengthOf(length))
  let result = new Float32Array(0)
  for (const length of new Set(lengths)) {
    const places = [...texts.keys()].filter((place) => lengths[place] === length)
    const members = places.map((place) => texts[place])
    const vectors = await inBatches(members, batching, async (batch) => {
      const feeds = textFeeds(encoder, batch, { length, padId })
      return (await runEncoder(inference, session, at, feeds, encoder.output)).vectors
    })
    const dim = vectors.length / places.length
    if (result.length === 0) result = new Float32Array(texts.length * dim)
    places.forEach((place, index) => result.set(vectors.subarray(index * dim, (index + 1) * dim), place * dim))
  }
  return result
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
    if (vectors?.type === 'float32') return { vectors: vectors.data, spent }
    if (vectors?.type === 'float16') return { vectors: halvesToFloats(vectors.data), spent }
    throw new Error(`the output ${output} is not float32 or float16`)
  } catch (error) {
    throw describeInferenceError(error, at)
  }
}

type PixelTensor = Extract<NamedTensor, { readonly type: 'float32' | 'float16' }>

/** float32 is the usual one, and large: its memory is used again. */
function pixelTensor(
  { input: name, inputType }: ImageEncoder,
  dims: readonly number[],
  memory: TensorMemory,
): PixelTensor {
  const size = dims.reduce((product, dimension) => product * dimension, 1)
  return inputType === 'float32'
    ? { name, type: inputType, data: memory.take(size), dims }
    : { name, type: inputType, data: new Uint16Array(size), dims }
}

function idleTensor({ name, type, dims: wanted, value }: IdleInput, rows: number, tokens: number): NamedTensor {
  const dims = wanted.map((dimension) => (dimension === 'rows' ? rows : dimension === 'tokens' ? tokens : dimension))
  const size = dims.reduce((product, dimension) => product * dimension, 1)
  if (type === 'float32') return { name, type, data: new Float32Array(size).fill(value), dims }
  if (type === 'float16') return { name, type, data: new Uint16Array(size).fill(numberToHalf(value)), dims }
  return integerTensor(name, type, new Array<number>(size).fill(value), dims)
}

function integerTensor(name: string, type: 'int64' | 'int32', values: readonly number[], dims: number[]): NamedTensor {
  return type === 'int64'
    ? { name, type, data: BigInt64Array.from(values, BigInt), dims }
    : { name, type, data: Int32Array.from(values), dims }
}
