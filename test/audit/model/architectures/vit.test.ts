import { afterAll, describe, expect, it } from 'vitest'
import { buildOnnxModel } from '../../../../src/audit/model/onnx-graph.js'
import { SIDE } from '../fake-model.js'
import {
  constant,
  convolve,
  FLOAT32,
  IMAGES,
  mean,
  misfit,
  multiply,
  planesOf,
  range,
  sum,
  weight,
  workshop,
} from './plain.js'
import type { Plane } from './plain.js'

const { open, close } = workshop()
afterAll(close)

const PATCH = 4
const PATCHES = (SIDE / PATCH) ** 2
const WIDTH = 6
const EPSILON = 1e-5

/** Patches, positions, one attention head with a residual, layer norm, the mean over patches, a projection. */
function vit(): Uint8Array {
  const matmul = (from: string, to: string, weights: string) => ({
    op: 'MatMul',
    inputs: [from, weights],
    outputs: [to],
  })
  return buildOnnxModel({
    inputs: [{ name: 'pixel_values', type: 'float32', shape: ['batch', 3, SIDE, SIDE] }],
    outputs: [
      { name: 'image_embeds', type: 'float32', shape: ['batch', 4] },
      { name: 'last_hidden_state', type: 'float32', shape: ['batch', PATCHES, WIDTH] },
    ],
    initializers: [
      constant('patch', [WIDTH, 3, PATCH, PATCH], 1),
      constant('position', [PATCHES, WIDTH], 2),
      ...(['query', 'key', 'value'] as const).map((name, index) => constant(name, [WIDTH, WIDTH], 3 + index)),
      { name: 'root', type: 'float32', dims: [1], data: Float32Array.of(1 / Math.sqrt(WIDTH)) },
      { name: 'ones', type: 'float32', dims: [WIDTH], data: new Float32Array(WIDTH).fill(1) },
      { name: 'zeros', type: 'float32', dims: [WIDTH], data: new Float32Array(WIDTH) },
      { name: 'shape', type: 'int64', dims: [3], data: BigInt64Array.of(0n, BigInt(WIDTH), -1n) },
      constant('project', [WIDTH, 4], 6),
    ],
    nodes: [
      {
        op: 'Conv',
        inputs: ['pixel_values', 'patch'],
        outputs: ['patched'],
        attributes: { strides: { ints: [PATCH, PATCH] } },
      },
      { op: 'Reshape', inputs: ['patched', 'shape'], outputs: ['columns'] },
      { op: 'Transpose', inputs: ['columns'], outputs: ['rows'], attributes: { perm: { ints: [0, 2, 1] } } },
      { op: 'Add', inputs: ['rows', 'position'], outputs: ['placed'] },
      matmul('placed', 'queries', 'query'),
      matmul('placed', 'keys', 'key'),
      matmul('placed', 'values', 'value'),
      { op: 'Transpose', inputs: ['keys'], outputs: ['turned'], attributes: { perm: { ints: [0, 2, 1] } } },
      matmul('queries', 'scores', 'turned'),
      { op: 'Mul', inputs: ['scores', 'root'], outputs: ['scaled'] },
      { op: 'Softmax', inputs: ['scaled'], outputs: ['attention'], attributes: { axis: { int: -1 } } },
      matmul('attention', 'seen', 'values'),
      { op: 'Add', inputs: ['placed', 'seen'], outputs: ['joined'] },
      {
        op: 'LayerNormalization',
        inputs: ['joined', 'ones', 'zeros'],
        outputs: ['last_hidden_state'],
        attributes: { axis: { int: -1 }, epsilon: { float: EPSILON } },
      },
      {
        op: 'ReduceMean',
        inputs: ['last_hidden_state'],
        outputs: ['pooled'],
        attributes: { axes: { ints: [1] }, keepdims: { int: 0 } },
      },
      matmul('pooled', 'image_embeds', 'project'),
    ],
  })
}

function plainVit(pixels: Uint8Array): number[] {
  const patched = convolve(planesOf(pixels), { out: WIDTH, kernel: PATCH, stride: PATCH, pad: 0, salt: 1 }).map(
    (plane) => plane.flat(),
  )
  const placed = range(PATCHES).map((p) => range(WIDTH).map((c) => patched[c][p] + weight(p * WIDTH + c, 2)))
  const [queries, keys, values] = [3, 4, 5].map((salt) => multiply(placed, WIDTH, salt))
  const joined = placed.map((row, p) => {
    const shares = softmax(keys.map((key) => sum(key.map((k, c) => k * queries[p][c])) / Math.sqrt(WIDTH)))
    return row.map((x, c) => x + sum(shares.map((share, other) => share * values[other][c])))
  })
  const normed = joined.map(layerNorm)
  return multiply([range(WIDTH).map((c) => mean(normed.map((row) => row[c])))], 4, 6)[0]
}

function softmax(scores: readonly number[]): number[] {
  const weights = scores.map((score) => Math.exp(score - Math.max(...scores)))
  return weights.map((one) => one / sum(weights))
}

function layerNorm(row: Plane[number]): number[] {
  const centre = mean(row)
  const variance = mean(row.map((x) => (x - centre) ** 2))
  return row.map((x) => (x - centre) / Math.sqrt(variance + EPSILON))
}

describe('a ViT tower', () => {
  it('gives the vectors of plain arithmetic, and its hidden state is left alone', async () => {
    const model = await open({ 'onnx/vision_model.onnx': vit() })
    expect(misfit(await model.embedPixels(IMAGES), IMAGES.flatMap(plainVit))).toBeLessThan(FLOAT32)
  })
})
