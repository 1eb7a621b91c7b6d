import { ModelError, quoted } from '../errors.js'
import type { ModelSignature, ValueSignature } from './inference-protocol.js'

export type FloatType = 'float32' | 'float16'
export type IntegerType = 'int64' | 'int32'

/** What is known of a folder before its encoders are loaded. */
export type Expected = {
  readonly size: { readonly width: number; readonly height: number }
  /** One file holds both encoders. */
  readonly isCombined: boolean
  /** Tokens that the idle text of a combined file is given where it does not insist on a length. Throws ModelError where nothing says it. */
  readonly idleTokens: () => number
}

export const EXPORT_AGAIN = 'Export the encoder again, or check that the two encoder files were not exchanged.'

const PIXELS = 'pixel_values'
const IDS = 'input_ids'
export const MASK = 'attention_mask'
const TYPES = 'token_type_ids'

/** The inputs of an encoder file by what they are for. */
export type Inputs = {
  readonly pixels: ValueSignature
  readonly pixelType: FloatType
  readonly ids: ValueSignature
  readonly idType: IntegerType
  readonly mask: ValueSignature | undefined
  readonly types: ValueSignature | undefined
  /** All but the pixels. */
  readonly others: readonly ValueSignature[]
}

const ABSENT: ValueSignature = { name: '', type: '', shape: [] }

/** Both sides of a combined file, else only the side that the file is for: the other one is without a name. Throws ModelError
 *  (`model.inputs`) for an input that is missing, unknown, or of another type or size. */
export function readInputs(
  signature: ModelSignature,
  at: string,
  { size, isCombined }: Expected,
  side: 'image' | 'text',
): Inputs {
  const { inputs } = signature
  const find = (name: string) => inputs.find((input) => input.name === name)
  const [pixels, ids, mask, types] = [find(PIXELS), find(IDS), find(MASK), find(TYPES)]
  const wantsPixels = isCombined || side === 'image'
  const wantsText = isCombined || side === 'text'
  const pixelType = pixels === undefined ? null : pixelTypeOf(pixels, size)
  const idType = ids === undefined ? null : integerType(ids)
  const known = [...(wantsPixels ? [pixels] : []), ...(wantsText ? [ids, mask, types] : [])].filter(
    (one) => one !== undefined,
  )
  const fits =
    known.length === inputs.length &&
    (!wantsPixels || pixelType !== null) &&
    (!wantsText || (idType !== null && [mask, types].every((one) => one === undefined || integerType(one) !== null)))
  if (!fits) throw refuseInputs(signature, at, expectedInputs({ size, wantsPixels, wantsText }))
  return {
    pixels: pixels ?? ABSENT,
    pixelType: pixelType ?? 'float32',
    ids: ids ?? ABSENT,
    idType: idType ?? 'int64',
    mask,
    types,
    others: inputs.filter((input) => input !== pixels),
  }
}

function expectedInputs(of: { size: Expected['size']; wantsPixels: boolean; wantsText: boolean }): string {
  const pixels = `pixel_values, float32 or float16 [batch, 3, ${of.size.height}, ${of.size.width}]`
  const texts = 'input_ids and perhaps attention_mask, int64 or int32 [batch, tokens]'
  if (!of.wantsText) return `one input ${pixels}`
  return of.wantsPixels ? `inputs ${pixels}, and ${texts}` : `inputs ${texts}`
}

function refuseInputs(signature: ModelSignature, at: string, expected: string): ModelError {
  const received = describeValues(signature.inputs)
  return new ModelError('model.inputs', { at, field: 'inputs', expected, received, hint: EXPORT_AGAIN })
}

/** Inputs or outputs in words: `pixel_values float32 [batch, 3, 64, 64]`. Names come from the file, so they are escaped. */
export function describeValues(values: readonly ValueSignature[]): string {
  if (values.length === 0) return 'nothing'
  return values.map(({ name, type, shape }) => `${safe(name)} ${type} [${shape.map(safe).join(', ')}]`).join('; ')
}

function safe(value: string | number): string {
  return quoted(String(value === '' ? '?' : value)).slice(1, -1)
}

function pixelTypeOf({ type, shape }: ValueSignature, size: Expected['size']): FloatType | null {
  const sides = [3, size.height, size.width]
  const fits = shape.length === 4 && sides.every((side, index) => isOpen(shape[index + 1]) || shape[index + 1] === side)
  return fits && isFloat(type) ? type : null
}

export function isFloat(type: string): type is FloatType {
  return type === 'float32' || type === 'float16'
}

export function integerType({ type, shape }: ValueSignature): IntegerType | null {
  if (shape.length !== 2) return null
  return type === 'int64' || type === 'int32' ? type : null
}

function isOpen(dimension: number | string | undefined): boolean {
  return typeof dimension === 'string'
}
