import { afterAll, describe, expect, it } from 'vitest'
import { buildOnnxModel } from '../../../../src/audit/model/onnx-graph.js'
import { SIDE } from '../fake-model.js'
import { constant, convolve, FLOAT32, IMAGES, mean, misfit, multiply, planesOf, workshop } from './plain.js'
import type { Plane } from './plain.js'

const { open, close } = workshop()
afterAll(close)

const conv = (from: string, to: string, weights: string, kernel: number, stride: number, pad: number) => ({
  op: 'Conv',
  inputs: [from, weights],
  outputs: [to],
  attributes: {
    kernel_shape: { ints: [kernel, kernel] },
    strides: { ints: [stride, stride] },
    pads: { ints: [pad, pad, pad, pad] },
  },
})

/** A stem, one residual block, the mean over places, a projection. */
function resnet(batch: number | string): Uint8Array {
  return buildOnnxModel({
    inputs: [{ name: 'pixel_values', type: 'float32', shape: [batch, 3, SIDE, SIDE] }],
    outputs: [{ name: 'image_embeds', type: 'float32', shape: [batch, 4] }],
    initializers: [
      constant('stem', [6, 3, 3, 3], 1),
      constant('block', [6, 6, 3, 3], 2),
      constant('project', [6, 4], 3),
    ],
    nodes: [
      conv('pixel_values', 'stemmed', 'stem', 3, 2, 1),
      { op: 'Relu', inputs: ['stemmed'], outputs: ['active'] },
      conv('active', 'inner', 'block', 3, 1, 1),
      { op: 'Add', inputs: ['inner', 'active'], outputs: ['joined'] },
      { op: 'Relu', inputs: ['joined'], outputs: ['rectified'] },
      { op: 'GlobalAveragePool', inputs: ['rectified'], outputs: ['pooled'] },
      { op: 'Flatten', inputs: ['pooled'], outputs: ['flat'] },
      { op: 'MatMul', inputs: ['flat', 'project'], outputs: ['image_embeds'] },
    ],
  })
}

const rectify = (planes: readonly Plane[]): Plane[] =>
  planes.map((plane) => plane.map((row) => row.map((x) => Math.max(0, x))))

function plainResnet(pixels: Uint8Array): number[] {
  const active = rectify(convolve(planesOf(pixels), { out: 6, kernel: 3, stride: 2, pad: 1, salt: 1 }))
  const inner = convolve(active, { out: 6, kernel: 3, stride: 1, pad: 1, salt: 2 })
  const joined = rectify(inner.map((plane, c) => plane.map((row, y) => row.map((x, place) => x + active[c][y][place]))))
  return multiply([joined.map((plane) => mean(plane.flat()))], 4, 3)[0]
}

describe('a ResNet tower', () => {
  it.each([
    ['any batch', 'batch'],
    ['a batch of one', 1],
    ['a batch of four', 4],
  ])('with %s gives the vectors of plain arithmetic', async (_, batch) => {
    const model = await open({ 'onnx/vision_model.onnx': resnet(batch) })
    expect(model.tried).toEqual({ dim: 4, isBatchInvariant: true, fixedBatch: batch === 'batch' ? null : batch })
    expect(misfit(await model.embedPixels(IMAGES), IMAGES.flatMap(plainResnet))).toBeLessThan(FLOAT32)
  })
})
