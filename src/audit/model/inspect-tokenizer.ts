import { declaredContextLength } from './context-length.js'
import type { ModelFolder } from './read-model-folder.js'
import { openTokeniser } from './tokenise.js'

const ANY_LENGTH = 77 // looked at are tokens, not whether they fit

/** What a tokenizer does with a prompt. */
export type InspectedTokenizer = {
  /** `BPE`, `Unigram`, `WordPiece`, ... as tokenizer.json names it; null where it does not. */
  readonly kind: string | null
  readonly isByteLevel: boolean
  /** Capitals give the same tokens as small letters. */
  readonly lowersCase: boolean
  /** As config.json or tokenizer_config.json say, or null; an encoder may insist on another length. */
  readonly contextLength: number | null
  readonly padId: number
}

/** Opens a tokenizer and looks at what it makes of a text. Throws ModelError as openTokeniser does. */
export async function inspectTokenizer(
  folder: Pick<ModelFolder, 'folder' | 'config' | 'tokenizer' | 'tokenizerConfig'>,
): Promise<InspectedTokenizer> {
  const contextLength = declaredContextLength(folder)
  const { padId, tokenise } = await openTokeniser(folder, contextLength ?? ANY_LENGTH)
  const model: unknown = folder.tokenizer['model']
  const kind = typeof model === 'object' && model !== null && 'type' in model ? model.type : null
  const [capitals, small] = ['A Photo Of A Person', 'a photo of a person'].map((text) => tokenise(text).ids)
  return {
    kind: typeof kind === 'string' ? kind : null,
    isByteLevel: JSON.stringify([folder.tokenizer['pre_tokenizer'], folder.tokenizer['decoder']]).includes(
      '"ByteLevel"',
    ),
    lowersCase: capitals !== undefined && capitals.join() === small?.join(),
    contextLength,
    padId,
  }
}
