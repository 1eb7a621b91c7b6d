import { buildOnnxModel } from '../audit/model/onnx-graph.js'
import type { OnnxNode, OnnxTensor } from '../audit/model/onnx-graph.js'
import type { TileLayout } from './tile-layout.js'
import { SPECIAL_TOKENS, vocabularyOf } from './vocabulary.js'
import type { World } from './world.js'

/** What every text shares with every image. */
const TEXT_COMMON = 0.5
/** Two places that no image uses turn with the wording: texts differ by them, and the length of the vector stays. */
const WORDING = 0.1
const TURN_PER_TOKEN = 2.4 // radians, the golden angle: few wordings come out alike

/** Places of an embedding: one per concept in the order of the layout, two for the wording, one that all vectors share. */
export function embeddingWidth(layout: TileLayout): number {
  return layout.concepts.length + 3
}

/**
 * The text encoder of the phantom: marks which words a prompt holds and finds the concept that they name.
 * A concept answers 1 when all its words are there and no word of another concept is, so "a white man" is a concept of its
 * own and not the sum of "white" and "man". Weak words neither help nor hinder, except the concept that they alone name.
 * A prompt that names no concept keeps only what is common, so such labels tie.
 * `input_ids`, `attention_mask` [batch, sequence] int64 -> `text_embeds` [batch, dimension], not normalised.
 */
export function buildTextTower(world: World, layout: TileLayout): Uint8Array {
  const dimension = embeddingWidth(layout)
  const tokens = ['batch', 'sequence'] as const
  return buildOnnxModel({
    name: 'phantom_text',
    inputs: [
      { name: 'input_ids', type: 'int64', shape: tokens },
      { name: 'attention_mask', type: 'int64', shape: tokens },
    ],
    outputs: [{ name: 'text_embeds', type: 'float32', shape: ['batch', dimension] }],
    initializers: [
      oneHotTable(world),
      tokenTurns(world),
      { name: 'sequence_axis', type: 'int64', dims: [1], data: BigInt64Array.of(1n) },
      { name: 'last_axis', type: 'int64', dims: [1], data: BigInt64Array.of(-1n) },
      ...conceptWeights(world, layout),
      ...projection(layout, dimension),
    ],
    nodes: NODES,
  })
}

const FLOAT32 = 1 // TensorProto.DataType

const NODES: readonly OnnxNode[] = [
  { op: 'Gather', inputs: ['words', 'input_ids'], outputs: ['word_at'] },
  { op: 'Cast', inputs: ['attention_mask'], outputs: ['mask'], attributes: { to: { int: FLOAT32 } } },
  { op: 'Unsqueeze', inputs: ['mask', 'last_axis'], outputs: ['mask_column'] },
  { op: 'Mul', inputs: ['word_at', 'mask_column'], outputs: ['attended'] },
  {
    op: 'ReduceMax',
    inputs: ['attended'],
    outputs: ['present'],
    attributes: { axes: { ints: [1] }, keepdims: { int: 0 } },
  },
  { op: 'Gemm', inputs: ['present', 'concept_weights', 'concept_thresholds'], outputs: ['evidence'] },
  { op: 'Relu', inputs: ['evidence'], outputs: ['concepts'] },
  { op: 'Gather', inputs: ['turns', 'input_ids'], outputs: ['turn_at'] },
  { op: 'Mul', inputs: ['turn_at', 'mask'], outputs: ['attended_turns'] },
  { op: 'ReduceSum', inputs: ['attended_turns', 'sequence_axis'], outputs: ['angle'] },
  { op: 'Cos', inputs: ['angle'], outputs: ['wording_x'] },
  { op: 'Sin', inputs: ['angle'], outputs: ['wording_y'] },
  {
    op: 'Concat',
    inputs: ['concepts', 'wording_x', 'wording_y'],
    outputs: ['meaning'],
    attributes: { axis: { int: 1 } },
  },
  { op: 'Gemm', inputs: ['meaning', 'projection', 'common'], outputs: ['text_embeds'] },
]

/** One row per token; words have their own place, special tokens have none. */
function oneHotTable(world: World): OnnxTensor {
  const tokens = vocabularyOf(world).length
  const words = tokens - SPECIAL_TOKENS.length
  const data = new Float32Array(tokens * words)
  for (let word = 0; word < words; word += 1) data[(word + SPECIAL_TOKENS.length) * words + word] = 1
  return { name: 'words', type: 'float32', dims: [tokens, words], data }
}

/** The angle by which each token turns the wording. */
function tokenTurns(world: World): OnnxTensor {
  const turns = vocabularyOf(world).map((_, token) => (token * TURN_PER_TOKEN) % (2 * Math.PI))
  return { name: 'turns', type: 'float32', dims: [turns.length], data: Float32Array.from(turns) }
}

/** Words x concepts: 1 for a word of the concept, -1 for another's, 0 for a weak word beside a concept that has words. */
function conceptWeights(world: World, layout: TileLayout): OnnxTensor[] {
  const words = vocabularyOf(world).slice(SPECIAL_TOKENS.length)
  const named = layout.concepts.map(({ label }) => wordsOf(world, label))
  const weights = words.flatMap((word) =>
    named.map((own) => (own.includes(word) ? 1 : world.weakWords.includes(word) ? 0 : -1)),
  )
  const thresholds = named.map((own) => 1 - own.length)
  return [
    { name: 'concept_weights', type: 'float32', dims: [words.length, named.length], data: Float32Array.from(weights) },
    { name: 'concept_thresholds', type: 'float32', dims: [named.length], data: Float32Array.from(thresholds) },
  ]
}

function wordsOf(world: World, label: string): readonly string[] {
  const own = world.words.find(([each]) => each === label)?.[1]
  if (own === undefined) throw new RangeError(`world ${world.id}: no words name ${label}`)
  return own
}

/** Each concept and the wording keep their own places; the last place is common to all. */
function projection(layout: TileLayout, dimension: number): OnnxTensor[] {
  const concepts = layout.concepts.length
  const data = new Float32Array((dimension - 1) * dimension)
  for (let place = 0; place < dimension - 1; place += 1) data[place * (dimension + 1)] = place < concepts ? 1 : WORDING
  const common = new Float32Array(dimension)
  common[dimension - 1] = TEXT_COMMON
  return [
    { name: 'projection', type: 'float32', dims: [dimension - 1, dimension], data },
    { name: 'common', type: 'float32', dims: [dimension], data: common },
  ]
}
