import { ModelError, quoted } from '../errors.js'
import { tryTextEncoder } from './dry-run.js'
import type { Expected } from './encoder-inputs.js'
import { describeTextEncoder } from './encoder-signature.js'
import type { TextEncoder } from './encoder-signature.js'
import type { Inference } from './inference-client.js'
import type { ModelSignature } from './inference-protocol.js'
import { loadEncoder, once } from './load-encoder.js'
import type { ConfirmFiles } from './load-encoder.js'
import { onnxruntimeVersion } from './onnxruntime-version.js'
import type { ModelFolder } from './read-model-folder.js'
import { readContextLength } from './context-length.js'
import { batchingOf, encodeTexts } from './run-encoders.js'
import type { Batching } from './run-encoders.js'
import { openTokeniser } from './tokenise.js'
import type { Tokens } from './tokenise.js'

/** What trying a text encoder found out; given back, it saves trying again. */
export type TriedTexts = {
  readonly fixedBatch: number | null
  readonly fixedLength: number | null
  /** Absent: the vector of a text is independent of its batch. */
  readonly isBatchInvariant?: false
}

/** The text side of a dual encoder. Vectors are as the encoder gives them, not normalised. */
export type TextModel = {
  readonly tried: TriedTexts
  readonly embeddedWith: { readonly threads: number; readonly batch: number; readonly onnxruntime: string }
  readonly contextLength: number
  readonly padId: number
  readonly tokenise: (text: string) => Tokens
  /** Texts to vectors, texts x dim, row-major. Throws ModelError for a text that does not fit the context. */
  readonly embedTexts: (texts: readonly string[]) => Promise<Float32Array>
  readonly signature: () => Promise<ModelSignature>
  /** Frees the encoder; texts that are embedded later load it again. */
  readonly close: () => Promise<void>
}

const LONG_CONTEXT = 128 // CLIP has 77 tokens, SigLIP 64; the text encoders of Chinese and multilingual models 512 and more
const PADDING_STEP = 64
const TEXT_BATCH = 8 // label sets have tens of prompts, and a last batch is filled up

/**
 * Opens the text side: the tokenizer, and the encoder when a text is first embedded. An encoder that was not tried before is loaded
 * and tried on two texts at once. `dim` is the width of the image vectors. Throws ModelError.
 */
export async function openTexts(
  folder: ModelFolder,
  inference: Inference,
  images: { readonly dim: number; readonly isBatchInvariant: boolean; readonly confirm?: ConfirmFiles | undefined },
  known: TriedTexts | null,
): Promise<TextModel> {
  const load = () =>
    loadEncoder(
      inference,
      folder,
      [folder.textFile, ...folder.textData],
      (signature, at) => describeTextEncoder(signature, at, expectedOf(folder)),
      images.confirm,
    )
  let encoder = once(load)
  const { fixedBatch, fixedLength } = known ?? (await encoder()).encoder
  const { contextLength, padId, tokenise } = await openTokeniser(folder, fixedLength)
  const encode = async (texts: readonly string[], batching: Batching): Promise<Float32Array> => {
    const loaded = await encoder()
    const lists = texts.map((text) => {
      const { ids, fits } = tokenise(text)
      if (!fits) throw tooLong(loaded.at, text, ids.length, contextLength)
      return ids
    })
    const lengthOf = paddedLength(loaded.encoder, contextLength)
    return encodeTexts(inference, loaded, lists, { lengthOf, padId, batching })
  }
  const isBatchInvariant =
    known === null
      ? await tryTextEncoder((await encoder()).at, encode, { fixedBatch, dim: images.dim })
      : known.isBatchInvariant !== false
  const batching = batchingOf(fixedBatch, images.isBatchInvariant && isBatchInvariant, TEXT_BATCH)
  const embedTexts: TextModel['embedTexts'] = (texts) => encode(texts, batching)
  return {
    tried: { fixedBatch, fixedLength, ...(isBatchInvariant ? {} : { isBatchInvariant }) },
    embeddedWith: { threads: inference.threads, batch: batching.shape, onnxruntime: onnxruntimeVersion() },
    contextLength,
    padId,
    tokenise,
    embedTexts,
    signature: async () => (await encoder()).signature,
    close: async () => {
      const loaded = encoder
      encoder = once(load)
      if (loaded.isMade()) await inference.unloadModel((await loaded()).session)
    },
  }
}

/** What the other files of a folder say of its encoders. */
export function expectedOf({ preprocessing, isCombined, ...folder }: ModelFolder): Expected {
  return { size: preprocessing, isCombined, idleTokens: () => readContextLength(folder, null) }
}

/**
 * How many tokens a text is padded to: all of the context, as CLIP and SigLIP were trained. Where the context is far longer than any prompt
 * and the encoder takes a mask, padding changes nothing but the time: then to the next multiple of 64, by the text's own length alone.
 */
function paddedLength({ mask, fixedLength }: TextEncoder, contextLength: number): (tokens: number) => number {
  if (mask === null || fixedLength !== null || contextLength <= LONG_CONTEXT) return () => contextLength
  return (tokens) => Math.min(contextLength, Math.ceil(tokens / PADDING_STEP) * PADDING_STEP)
}

function tooLong(at: string, prompt: string, tokens: number, length: number): ModelError {
  return new ModelError('model.prompt-too-long', {
    at,
    expected: `prompts of at most ${length} tokens`,
    received: `${tokens} tokens in ${quoted(prompt)}`,
    hint: 'Shorten the label or the template; prompts are never cut.',
  })
}
