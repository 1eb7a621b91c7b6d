import { join } from 'node:path'
import { ModelError } from '../errors.js'
import { familyOf } from './family.js'
import type { JsonObject } from './json-object.js'
import type { ModelFolder } from './read-model-folder.js'

const LONGEST_CONTEXT = 100_000 // tokenizer_config.json writes 1e30 for "no limit"

/** Text encoders that count positions from behind the padding token, so that some places of their table are no token's. Source:
 *  huggingface/transformers `modeling_xlm_roberta.py`, create_position_ids_from_input_ids. */
const COUNTS_AFTER_PADDING = /roberta|camembert/

type Declaring = Pick<ModelFolder, 'folder' | 'config' | 'tokenizerConfig'>

/**
 * The number of tokens that a prompt may have: what the text encoder insists on, else what the other files declare.
 * Throws ModelError (`model.context-length`).
 */
export function readContextLength(folder: Declaring, fixedLength: number | null): number {
  const length = fixedLength ?? declaredContextLength(folder)
  if (length !== null) return length
  throw new ModelError('model.context-length', {
    at: join(folder.folder, 'config.json'),
    field: 'text_config.max_position_embeddings',
    expected: 'the number of tokens of a prompt (CLIP: 77)',
    received: 'nothing, and neither the text encoder nor tokenizer_config.json says it',
    hint: 'Add it to config.json.',
  })
}

/**
 * What config.json says, else tokenizer_config.json, else what the family has where config.json leaves it out; null where nothing says it.
 * SigLIP is fed what it was trained with, whatever its tokenizer would take.
 */
export function declaredContextLength({ config, tokenizerConfig }: Declaring): number | null {
  const { isSigmoid, contextLength } = familyOf(config)
  const tokenizers = tokenizerConfig['model_max_length']
  const declared = [positionsOf(config), ...(isSigmoid ? [contextLength] : []), tokenizers, contextLength]
  return declared.find(isLength) ?? null
}

function positionsOf(config: JsonObject): unknown {
  const text = asObject(config['text_config'])
  const positions = text['max_position_embeddings']
  const kind = typeof text['model_type'] === 'string' ? text['model_type'] : ''
  if (!isLength(positions) || !COUNTS_AFTER_PADDING.test(kind)) return positions
  const padId = text['pad_token_id']
  return positions - (typeof padId === 'number' ? padId : 1) - 1
}

function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}

function isLength(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 2 && value <= LONGEST_CONTEXT
}
