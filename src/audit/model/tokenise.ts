import { join } from 'node:path'
import { ModelError, quoted } from '../errors.js'
import { readContextLength } from './context-length.js'
import type { JsonObject } from './json-object.js'
import type { ModelFolder } from './read-model-folder.js'

/** The tokens of one text, not padded and never cut. */
export type Tokens = {
  /** Token ids with start and end token, as many as the text has. */
  readonly ids: readonly number[]
  readonly length: number
  /** Whether the text fits into the context; one that does not must be refused, never cut. */
  readonly fits: boolean
  readonly contextLength: number
  /** Tokens that are a piece of a character, or stand for one that is not known: most of them where a tokenizer does not know the script. */
  readonly fragments: number
}

export type Tokeniser = {
  readonly contextLength: number
  readonly padId: number
  readonly tokenise: (text: string) => Tokens
}

type Encoder = {
  readonly encode: (text: string) => { ids: number[]; tokens: string[] }
  readonly token_to_id: (token: string) => number | undefined
}

type TokenizersModule = { readonly Tokenizer: new (tokenizer: object, config: object) => Encoder }

/**
 * The model's own tokenizer (`tokenizer.json`), which decides lower-casing, splitting and special tokens.
 * `fixedLength` is the length that the text encoder insists on, or null. Throws ModelError (`model.tokenizer`) where
 * the tokenizer, its padding token, its end token or the context length cannot be told.
 */
export async function openTokeniser(
  folder: Pick<ModelFolder, 'folder' | 'config' | 'tokenizer' | 'tokenizerConfig'>,
  fixedLength: number | null,
): Promise<Tokeniser> {
  const at = join(folder.folder, 'tokenizer.json')
  const encoder = await createEncoder(folder, at)
  const contextLength = readContextLength(folder, fixedLength)
  const padId = readPadId(folder, encoder)
  refuseWithoutEnd(folder.tokenizerConfig, encoder, at)
  const unknown = unknownToken(folder.tokenizerConfig)
  return {
    contextLength,
    padId,
    tokenise: (text) => {
      const { ids, tokens } = encoder.encode(text)
      const fragments = tokens.filter((token) => isFragment(token) || token === unknown).length
      return { ids, length: ids.length, fits: ids.length <= contextLength, contextLength, fragments }
    },
  }
}

/** Ids and attention mask of several token lists, each padded at its end to `length`: both are lists x length, row-major. */
export function padTokens(
  lists: readonly (readonly number[])[],
  length: number,
  padId: number,
): { ids: number[]; mask: number[] } {
  const pad = (list: readonly number[], fill: number) => Array.from({ length: length - list.length }, () => fill)
  return {
    ids: lists.flatMap((list) => [...list, ...pad(list, padId)]),
    mask: lists.flatMap((list) => [...list.map(() => 1), ...pad(list, 0)]),
  }
}

async function createEncoder(
  { tokenizer, tokenizerConfig }: Pick<ModelFolder, 'tokenizer' | 'tokenizerConfig'>,
  at: string,
): Promise<Encoder> {
  // The package's own types do not resolve under Node's module rules, so the part that is used is declared here.
  const { Tokenizer } = (await import('@huggingface/tokenizers')) as unknown as TokenizersModule
  const refusal = (cause: unknown) =>
    new ModelError(
      'model.tokenizer',
      {
        at,
        expected: 'a tokenizer of the tokenizers library',
        received: 'something else',
        hint: 'Download the file again.',
      },
      { cause },
    )
  try {
    const encoder = new Tokenizer({ added_tokens: [], ...tokenizer }, tokenizerConfig)
    const { ids } = encoder.encode('a photo of a person')
    if (ids.length === 0 || !ids.every((id) => Number.isInteger(id))) throw refusal(undefined)
    return encoder
  } catch (error) {
    throw error instanceof ModelError ? error : refusal(error)
  }
}

/** The padding token differs between families: 0 in openai/CLIP, the end token in Hugging Face's CLIP. */
function readPadId(
  { folder, config, tokenizer, tokenizerConfig }: Parameters<typeof openTokeniser>[0],
  encoder: Encoder,
): number {
  const name = tokenText(tokenizerConfig['pad_token'])
  const candidates: unknown[] = [
    asObject(tokenizer['padding'])['pad_id'],
    name === null ? undefined : encoder.token_to_id(name),
    asObject(config['text_config'])['pad_token_id'],
    config['pad_token_id'],
  ]
  const id = candidates.find(
    (candidate) => typeof candidate === 'number' && Number.isInteger(candidate) && candidate >= 0,
  )
  if (typeof id === 'number') return id
  throw new ModelError('model.tokenizer', {
    at: join(folder, 'tokenizer_config.json'),
    field: 'pad_token',
    expected: 'the token that fills short prompts',
    received: 'nothing, and neither tokenizer.json nor config.json names one',
    hint: 'Add pad_token as the model was trained (CLIP: "<|endoftext|>").',
  })
}

/** CLIP reads its vector at the end token, so a tokenizer that does not add it gives numbers without meaning. */
function refuseWithoutEnd(tokenizerConfig: JsonObject, encoder: Encoder, at: string): void {
  const name = tokenText(tokenizerConfig['eos_token'])
  if (tokenizerConfig['add_eos_token'] === false) return // the model was trained without
  if (name === null || encoder.encode('a').ids.at(-1) === encoder.token_to_id(name)) return
  throw new ModelError('model.tokenizer', {
    at,
    field: 'post_processor',
    expected: `texts that end with ${quoted(name)}`,
    received: 'texts without it',
    hint: 'Export the tokenizer with its post-processor.',
  })
}

/** The token for what is not known; null where another token, such as CLIP's end token, is named as a stand-in for it. */
function unknownToken(tokenizerConfig: JsonObject): string | null {
  const name = tokenText(tokenizerConfig['unk_token'])
  const others = ['bos_token', 'eos_token', 'pad_token'].map((key) => tokenText(tokenizerConfig[key]))
  return others.includes(name) ? null : name
}

function tokenText(token: unknown): string | null {
  if (typeof token === 'string') return token
  const content = asObject(token)['content']
  return typeof content === 'string' ? content : null
}

function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}

const BYTE_TOKEN = /^<0x[0-9A-F]{2}>$/ // SentencePiece's byte fallback
const strictUtf8 = new TextDecoder('utf-8', { fatal: true })

/** A token that is no whole character: a byte of SentencePiece, or bytes of byte-level BPE that are not UTF-8. */
function isFragment(token: string): boolean {
  if (BYTE_TOKEN.test(token)) return true
  const bytes = [...token.replace(/<\/w>$/, '')].map((character) => BYTE_OF_CHARACTER.get(character))
  if (bytes.some((byte) => byte === undefined)) return false // not byte-level: characters are whole
  try {
    strictUtf8.decode(Uint8Array.from(bytes, (byte) => byte ?? 0))
    return false
  } catch {
    return true
  }
}

/** Byte-level BPE writes bytes as printable characters. Source: openai/gpt-2 `src/encoder.py`, bytes_to_unicode. */
const BYTE_OF_CHARACTER = byteOfCharacter()

function byteOfCharacter(): Map<string, number> {
  const isPrinted = (byte: number) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174
  const map = new Map<string, number>()
  let shifted = 256
  for (let byte = 0; byte < 256; byte++) map.set(String.fromCodePoint(isPrinted(byte) ? byte : shifted++), byte)
  return map
}
