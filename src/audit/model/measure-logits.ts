import { join } from 'node:path'
import { ModelError } from '../errors.js'
import type { Isolation } from '../types/isolation.js'
import { ChildEnded } from './child-ended.js'
import { drawTwoImages, SYNTHETIC_TEXTS } from './dry-run.js'
import { combinedFile, dtypesThere } from './encoder-files.js'
import { describeImageEncoder, describeTextEncoder } from './encoder-signature.js'
import type { ImageEncoder, TextEncoder } from './encoder-signature.js'
import { InferenceError } from './inference-channel.js'
import { openInference } from './inference-client.js'
import type { Inference } from './inference-client.js'
import type { NamedTensor } from './inference-protocol.js'
import { halvesToFloats } from './half-float.js'
import { expectedOf } from './open-texts.js'
import type { ModelFolder } from './read-model-folder.js'
import { imageFeed, textFeeds } from './run-encoders.js'
import { openTokeniser } from './tokenise.js'
import { tensorMemory } from './tensor-memory.js'

const LOGITS = 'logits_per_image'
const LARGEST_MISFIT = 1e-3 // of a logit, relative to the largest: float32 and quantisation stay below, another formula does not

/** What a file with both encoders makes of cosines: logit = scale x cosine + bias. */
export type MeasuredLogits = { readonly file: string; readonly scale: number; readonly bias: number }

/**
 * Measures the logit scale and bias of a combined file that keeps them to itself, from its own logits of two drawn images with two texts.
 * null where the folder has no such file, where it will not run (nothing else needs it), or its logits are no such function of the cosine.
 * Loads the file once.
 */
export async function measureLogits(folder: ModelFolder, isolation?: Isolation): Promise<MeasuredLogits | null> {
  const [dtype] = dtypesThere(folder.folder).combined
  if (dtype === undefined) return null
  const file = combinedFile(dtype)
  const inference = openInference({ isolation })
  try {
    const at = join(folder.folder, file)
    const { session, signature } = await inference.loadModel({ path: at })
    if (!signature.outputs.some(({ name }) => name === LOGITS)) return null
    const expected = { ...expectedOf(folder), isCombined: true }
    const vision = describeImageEncoder(signature, at, expected)
    const text = describeTextEncoder(signature, at, expected)
    const fit = fitLine(await pairsOf(folder, inference, { session, vision, text }))
    return fit === null ? null : { file, ...fit }
  } catch (error) {
    if (error instanceof InferenceError || error instanceof ModelError || error instanceof ChildEnded) return null
    throw error
  } finally {
    await inference.close()
  }
}

type Pair = { readonly cosine: number; readonly logit: number }
type Both = { readonly session: number; readonly vision: ImageEncoder; readonly text: TextEncoder }

/** One run for each image with each text; of a fixed batch, copies of one. */
async function pairsOf(folder: ModelFolder, inference: Inference, { session, vision, text }: Both): Promise<Pair[]> {
  const { contextLength, padId, tokenise } = await openTokeniser(folder, text.fixedLength)
  const pairs: Pair[] = []
  for (const image of drawTwoImages(folder.preprocessing)) {
    for (const prompt of SYNTHETIC_TEXTS) {
      const images = new Array<Uint8Array>(vision.fixedBatch ?? 1).fill(image)
      const texts = new Array<readonly number[]>(text.fixedBatch ?? 1).fill(tokenise(prompt).ids)
      const feeds = [
        imageFeed(vision, images, folder.preprocessing, tensorMemory()),
        ...textFeeds(withoutPixels(text, vision), texts, { length: contextLength, padId }),
      ]
      const { outputs } = await inference.run(session, feeds, [vision.output, text.output, LOGITS])
      const [left, right, logits] = outputs.map(floatsOf) as [Float32Array, Float32Array, Float32Array] // as many as asked for
      const [ofImage, ofText] = [
        left.subarray(0, left.length / images.length),
        right.subarray(0, right.length / texts.length),
      ]
      pairs.push({ cosine: cosineOf(ofImage, ofText), logit: logits[0] })
    }
  }
  return pairs
}

/** Both sides are in use here, so the text encoder's idle pixels stay away. */
function withoutPixels(text: TextEncoder, { input }: ImageEncoder): TextEncoder {
  return { ...text, idle: text.idle.filter(({ name }) => name !== input) }
}

function floatsOf({ name, ...tensor }: NamedTensor): Float32Array {
  if (tensor.type === 'float32') return tensor.data
  if (tensor.type === 'float16') return halvesToFloats(tensor.data)
  throw new Error(`the output ${name} is not float32 or float16`)
}

function cosineOf(left: Float32Array, right: Float32Array): number {
  const product = left.reduce((sum, value, index) => sum + value * right[index], 0)
  return product / (Math.hypot(...left) * Math.hypot(...right))
}

/** Least squares; null where the points are not on a line that rises. */
function fitLine(pairs: readonly Pair[]): { scale: number; bias: number } | null {
  const mean = (of: (pair: Pair) => number): number => pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length
  const [cosine, logit] = [mean((pair) => pair.cosine), mean((pair) => pair.logit)]
  const scale =
    mean((pair) => (pair.cosine - cosine) * (pair.logit - logit)) / mean((pair) => (pair.cosine - cosine) ** 2)
  const bias = logit - scale * cosine
  const largest = Math.max(1, ...pairs.map((pair) => Math.abs(pair.logit)))
  const misfit = Math.max(...pairs.map((pair) => Math.abs(scale * pair.cosine + bias - pair.logit)))
  return scale > 0 && misfit <= LARGEST_MISFIT * largest ? { scale, bias } : null
}
