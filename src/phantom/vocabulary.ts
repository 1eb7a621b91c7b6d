import type { World } from './world.js'

export const PAD = '[PAD]'
export const UNKNOWN_WORD = '[UNK]'
const START = '[START]'
const END = '[END]'
export const SPECIAL_TOKENS = [PAD, UNKNOWN_WORD, START, END] as const
/** Longest prompt in tokens, as CLIP's. */
export const CONTEXT_LENGTH = 77

/** Token ids in order: the special tokens, then every word that names a label of the world. */
export function vocabularyOf(world: World): readonly string[] {
  const words = world.words.flatMap(([, each]) => each)
  return [...SPECIAL_TOKENS, ...new Set([...words, ...world.weakWords])]
}

/** `tokenizer.json` of a tokenizer of whole lower-case words; a word that is not in the vocabulary becomes `[UNK]`. */
export function tokenizerFile(vocabulary: readonly string[]): object {
  const special = (content: string) => ({ id: content, type_id: 0 })
  const ids = (content: string) => ({ id: content, ids: [vocabulary.indexOf(content)], tokens: [content] })
  return {
    version: '1.0',
    truncation: null,
    padding: {
      strategy: 'BatchLongest',
      direction: 'Right',
      pad_to_multiple_of: null,
      pad_id: vocabulary.indexOf(PAD),
      pad_type_id: 0,
      pad_token: PAD,
    },
    added_tokens: SPECIAL_TOKENS.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: { type: 'Whitespace' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [{ SpecialToken: special(START) }, { Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: special(END) }],
      pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 0 } }],
      special_tokens: { [START]: ids(START), [END]: ids(END) },
    },
    decoder: null,
    model: {
      type: 'WordPiece',
      unk_token: UNKNOWN_WORD,
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary.map((word, id) => [word, id])),
    },
  }
}

/** `tokenizer_config.json`. */
export function tokenizerConfigFile(): object {
  return {
    tokenizer_class: 'PreTrainedTokenizerFast',
    model_max_length: CONTEXT_LENGTH,
    do_lower_case: true,
    pad_token: PAD,
    unk_token: UNKNOWN_WORD,
    bos_token: START,
    eos_token: END,
    clean_up_tokenization_spaces: false,
  }
}
