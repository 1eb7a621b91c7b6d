import type { OnnxNode, OnnxType, OnnxValue } from '../../../../src/audit/model/onnx-graph.js'
import { buildOnnxModel } from '../../../../src/audit/model/onnx-graph.js'
import { constant, range, sum, weight } from './plain.js'

export const DIM = 4
const VOCABULARY = 13 // words of the fake tokenizer

export type TextTower = {
  readonly ids?: 'int64' | 'int32'
  readonly mask?: 'int64' | 'int32'
  readonly types?: boolean
  readonly batch?: number | string
  readonly length?: number | string
  /** Rows of the table of positions: a text longer than that cannot be embedded. */
  readonly positions: number
  readonly output?: string
}

/** Sum over places of (row of the token + row of its place), times the mask where there is one: padding shows in the vector without a mask. */
export function textTower(tower: TextTower): Uint8Array {
  const { ids = 'int64', mask, batch = 'batch', length = 'tokens', positions, output = 'text_embeds', types } = tower
  const shape = [batch, length]
  const inputs: OnnxValue[] = [
    { name: 'input_ids', type: ids, shape },
    ...(mask === undefined ? [] : [{ name: 'attention_mask', type: mask as OnnxType, shape }]),
    ...(types === true ? [{ name: 'token_type_ids', type: 'int64' as const, shape }] : []),
  ]
  return buildOnnxModel({
    inputs,
    outputs: [{ name: output, type: 'float32', shape: [batch, DIM] }],
    initializers: [
      constant('table', [VOCABULARY, DIM], 7),
      constant('places', [positions, DIM], 8),
      constant('kinds', [2, DIM], 9),
      { name: 'zero', type: 'int64', dims: [1], data: BigInt64Array.of(0n) },
      { name: 'one', type: 'int64', dims: [1], data: BigInt64Array.of(1n) },
      { name: 'two', type: 'int64', dims: [1], data: BigInt64Array.of(2n) },
    ],
    nodes: [...textNodes(tower), { op: 'Identity', inputs: ['text_vector'], outputs: [output] }],
  })
}

/** From `input_ids` to `text_vector`; the initializers are those of {@link textTower}. */
export function textNodes({ mask, types }: Pick<TextTower, 'mask' | 'types'>): OnnxNode[] {
  return [
    { op: 'Gather', inputs: ['table', 'input_ids'], outputs: ['words'] },
    { op: 'Shape', inputs: ['input_ids'], outputs: ['text_shape'] },
    { op: 'Slice', inputs: ['text_shape', 'one', 'two'], outputs: ['tokens'] },
    { op: 'Slice', inputs: ['places', 'zero', 'tokens', 'zero'], outputs: ['here'] },
    { op: 'Add', inputs: ['words', 'here'], outputs: ['placed'] },
    ...(types === true
      ? [
          { op: 'Gather', inputs: ['kinds', 'token_type_ids'], outputs: ['kind'] },
          { op: 'Add', inputs: ['placed', 'kind'], outputs: ['typed'] },
        ]
      : [{ op: 'Identity', inputs: ['placed'], outputs: ['typed'] }]),
    ...(mask === undefined
      ? [{ op: 'Identity', inputs: ['typed'], outputs: ['kept'] }]
      : [
          { op: 'Cast', inputs: ['attention_mask'], outputs: ['attended'], attributes: { to: { int: 1 } } },
          { op: 'Unsqueeze', inputs: ['attended', 'two'], outputs: ['factor'] },
          { op: 'Mul', inputs: ['typed', 'factor'], outputs: ['kept'] },
        ]),
    { op: 'ReduceSum', inputs: ['kept', 'one'], outputs: ['text_vector'], attributes: { keepdims: { int: 0 } } },
  ]
}

/** The same by hand. `length`: what the text is padded to with `padId`. */
export function plainText(
  ids: readonly number[],
  of: { mask: boolean; types?: boolean; length: number; padId: number },
): number[] {
  const padded = [...ids, ...range(of.length - ids.length).map(() => of.padId)]
  const counted = of.mask ? padded.slice(0, ids.length) : padded
  return range(DIM).map((column) =>
    sum(
      counted.map(
        (id, place) =>
          weight(id * DIM + column, 7) + weight(place * DIM + column, 8) + (of.types === true ? weight(column, 9) : 0),
      ),
    ),
  )
}
