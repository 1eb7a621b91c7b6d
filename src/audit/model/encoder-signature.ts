import { ModelError } from '../errors.js'
import { describeValues, EXPORT_AGAIN, integerType, isFloat, MASK, readInputs } from './encoder-inputs.js'
import type { Expected, FloatType, IntegerType } from './encoder-inputs.js'
import type { ModelSignature, ValueSignature } from './inference-protocol.js'

/** An input that must be fed and says nothing: what a file that holds both encoders wants of the other side, or the token types of BERT.
 *  `rows` stands for as many as the batch has, `tokens` for as many as its texts are padded to. Filled with `value` throughout. */
export type IdleInput = {
  readonly name: string
  readonly type: FloatType | IntegerType
  readonly dims: readonly (number | 'rows' | 'tokens')[]
  readonly value: 0 | 1
}

/** The image encoder as it will be fed. */
export type ImageEncoder = {
  readonly input: string
  readonly inputType: FloatType
  readonly output: string
  readonly fixedBatch: number | null
  readonly idle: readonly IdleInput[]
}

/** The text encoder as it will be fed. `fixedLength` is the number of tokens it insists on, if it does. */
export type TextEncoder = {
  readonly ids: string
  readonly idType: IntegerType
  readonly mask: { readonly name: string; readonly type: IntegerType } | null
  readonly output: string
  readonly fixedBatch: number | null
  readonly fixedLength: number | null
  readonly idle: readonly IdleInput[]
}

/**
 * What an image encoder takes and gives: `pixel_values` [batch, 3, height, width], float32 or float16, and nothing else unless the file
 * holds the text encoder too. Names are compared here because ONNX Runtime ignores unknown feeds in silence. Throws ModelError.
 */
export function describeImageEncoder(signature: ModelSignature, at: string, expected: Expected): ImageEncoder {
  const { pixels, pixelType, others } = readInputs(signature, at, expected, 'image')
  return {
    input: pixels.name,
    inputType: pixelType,
    output: chooseOutput(signature, at, IMAGE_OUTPUTS, expected),
    fixedBatch: fixed(pixels.shape[0]),
    idle: others.map((input) => ({
      name: input.name,
      type: integerType(input) ?? 'int64',
      dims: [rowsBeside(input, pixels), fixed(input.shape[1]) ?? expected.idleTokens()],
      value: input.name === MASK ? 1 : 0,
    })),
  }
}

/**
 * What a text encoder takes and gives: `input_ids` and perhaps `attention_mask` and `token_type_ids`, integers [batch, tokens]; the pixels
 * as well where the file holds the image encoder too. Throws ModelError.
 */
export function describeTextEncoder(signature: ModelSignature, at: string, expected: Expected): TextEncoder {
  const { ids, idType, mask, types, pixels, pixelType } = readInputs(signature, at, expected, 'text')
  const { width, height } = expected.size
  return {
    ids: ids.name,
    idType,
    mask: mask === undefined ? null : { name: mask.name, type: integerType(mask) ?? 'int64' },
    output: chooseOutput(signature, at, TEXT_OUTPUTS, expected),
    fixedBatch: fixed(ids.shape[0]),
    fixedLength: fixed(ids.shape[1]),
    idle: [
      ...(types === undefined
        ? []
        : [{ name: types.name, type: integerType(types) ?? 'int64', dims: ['rows', 'tokens'], value: 0 } as const]),
      ...(expected.isCombined
        ? [{ name: pixels.name, type: pixelType, dims: [rowsBeside(pixels, ids), 3, height, width], value: 0 } as const]
        : []),
    ],
  }
}

const IMAGE_OUTPUTS = ['image_embeds', 'image_embeddings']
const TEXT_OUTPUTS = ['text_embeds', 'text_embeddings']

/**
 * `image_embeds` or `text_embeds`, else `pooler_output`, else the only float output [batch, width]. A combined file gives several of these,
 * so there only the first will do.
 */
function chooseOutput(
  signature: ModelSignature,
  at: string,
  preferred: readonly string[],
  { isCombined }: Expected,
): string {
  const fitting = signature.outputs.filter(({ type, shape }) => isFloat(type) && shape.length === 2)
  const names = isCombined ? preferred : [...preferred, 'pooler_output']
  const named = names.find((name) => fitting.some((output) => output.name === name))
  const chosen = named ?? (!isCombined && fitting.length === 1 ? fitting[0]?.name : undefined)
  if (chosen !== undefined) return chosen
  throw new ModelError('model.outputs', {
    at,
    field: 'outputs',
    expected: isCombined
      ? `${preferred[0]}, float32 or float16 [batch, width]`
      : `${preferred[0]}, pooler_output, or one float32 output [batch, width]`,
    received: describeValues(signature.outputs),
    hint: EXPORT_AGAIN,
  })
}

/** Rows of an idle input: what it insists on, else one where its batch is called otherwise than that of the input in use, else as many. */
function rowsBeside(idle: ValueSignature, used: ValueSignature): number | 'rows' {
  const [own, other] = [idle.shape[0], used.shape[0]]
  if (typeof own === 'number') return own
  return typeof other === 'string' && own !== '' && own !== other ? 1 : 'rows'
}

function fixed(dimension: number | string | undefined): number | null {
  return typeof dimension === 'number' ? dimension : null
}
