import { ModelError, quoted } from '../errors.js'
import type { ModelSignature, ValueSignature } from './inference-protocol.js'

/** The image encoder as it will be fed. */
export type ImageEncoder = { readonly input: string; readonly output: string; readonly fixedBatch: number | null }

/** The text encoder as it will be fed. `fixedLength` is the number of tokens it insists on, if it does. */
export type TextEncoder = {
  readonly ids: string
  readonly idType: 'int64' | 'int32'
  readonly mask: { readonly name: string; readonly type: 'int64' | 'int32' } | null
  readonly output: string
  readonly fixedBatch: number | null
  readonly fixedLength: number | null
}

const HINT = 'Export the encoder again, or check that the two encoder files were not exchanged.'

/**
 * What an image encoder takes and gives: one float32 input `pixel_values` [batch, 3, height, width].
 * Names are compared here because ONNX Runtime ignores unknown feeds in silence. Throws ModelError.
 */
export function describeImageEncoder(
  signature: ModelSignature,
  at: string,
  size: { readonly width: number; readonly height: number },
): ImageEncoder {
  const expected = `one input pixel_values, float32 [batch, 3, ${size.height}, ${size.width}]`
  const [input] = signature.inputs
  const fits =
    signature.inputs.length === 1 &&
    input?.name === 'pixel_values' &&
    input.type === 'float32' &&
    input.shape.length === 4 &&
    [3, size.height, size.width].every(
      (side, index) => isOpen(input.shape[index + 1]) || input.shape[index + 1] === side,
    )
  if (!fits) throw refuseInputs(signature, at, expected)
  return { input: input.name, output: chooseOutput(signature, at, 'image_embeds'), fixedBatch: fixed(input.shape[0]) }
}

/**
 * What a text encoder takes and gives: `input_ids` and perhaps `attention_mask`, integers [batch, tokens].
 * Throws ModelError.
 */
export function describeTextEncoder(signature: ModelSignature, at: string): TextEncoder {
  const expected = 'inputs input_ids and perhaps attention_mask, int64 or int32 [batch, tokens]'
  const ids = signature.inputs.find(({ name }) => name === 'input_ids')
  const mask = signature.inputs.find(({ name }) => name === 'attention_mask')
  const known = (ids === undefined ? 0 : 1) + (mask === undefined ? 0 : 1)
  const idType = integerType(ids)
  const maskType = integerType(mask)
  if (ids === undefined || idType === null || (mask !== undefined && maskType === null)) {
    throw refuseInputs(signature, at, expected)
  }
  if (known !== signature.inputs.length) throw refuseInputs(signature, at, expected)
  return {
    ids: ids.name,
    idType,
    mask: mask === undefined || maskType === null ? null : { name: mask.name, type: maskType },
    output: chooseOutput(signature, at, 'text_embeds'),
    fixedBatch: fixed(ids.shape[0]),
    fixedLength: fixed(ids.shape[1]),
  }
}

/** `image_embeds` or `text_embeds`, else `pooler_output`, else the only float output [batch, width]. */
function chooseOutput(signature: ModelSignature, at: string, preferred: string): string {
  const fitting = signature.outputs.filter(({ type, shape }) => type === 'float32' && shape.length === 2)
  const named = [preferred, 'pooler_output'].map((name) => fitting.find((output) => output.name === name))
  const chosen = named.find((output) => output !== undefined) ?? (fitting.length === 1 ? fitting[0] : undefined)
  if (chosen !== undefined) return chosen.name
  throw new ModelError('model.outputs', {
    at,
    field: 'outputs',
    expected: `${preferred}, pooler_output, or one float32 output [batch, width]`,
    received: describeValues(signature.outputs),
    hint: HINT,
  })
}

function refuseInputs(signature: ModelSignature, at: string, expected: string): ModelError {
  const received = describeValues(signature.inputs)
  return new ModelError('model.inputs', { at, field: 'inputs', expected, received, hint: HINT })
}

/** Inputs or outputs in words: `pixel_values float32 [batch, 3, 64, 64]`. Names come from the file, so they are escaped. */
export function describeValues(values: readonly ValueSignature[]): string {
  if (values.length === 0) return 'nothing'
  return values.map(({ name, type, shape }) => `${safe(name)} ${type} [${shape.map(safe).join(', ')}]`).join('; ')
}

function safe(value: string | number): string {
  return quoted(String(value === '' ? '?' : value)).slice(1, -1)
}

function integerType(value: ValueSignature | undefined): 'int64' | 'int32' | null {
  if (value?.shape.length !== 2) return null
  return value.type === 'int64' || value.type === 'int32' ? value.type : null
}

function fixed(dimension: number | string | undefined): number | null {
  return typeof dimension === 'number' ? dimension : null
}

function isOpen(dimension: number | string | undefined): boolean {
  return typeof dimension === 'string'
}
