import { buildOnnxModel } from '../../../../src/audit/model/onnx-graph.js'
import type { OnnxNode } from '../../../../src/audit/model/onnx-graph.js'
import { SIDE } from '../fake-model.js'

/** What dynamic quantisation makes of a matrix product: one scale for all activations of a run, so for all of its images.
 *  `zero`: the input that says which byte of the weights stands for 0; none where that is 0. */
export function quantisedProduct(from: string, to: string, zero?: string): OnnxNode[] {
  const inputs = ['bytes', 'weights', 'centre', ...(zero === undefined ? [] : [zero])]
  return [
    { op: 'DynamicQuantizeLinear', inputs: [from], outputs: ['bytes', 'step', 'centre'] },
    { op: 'MatMulInteger', inputs, outputs: ['product'] },
    { op: 'Cast', inputs: ['product'], outputs: ['float'], attributes: { to: { int: 1 } } },
    { op: 'Mul', inputs: ['float', 'step'], outputs: [to] },
  ]
}

const [ROWS, DIM, ZERO] = [3 * SIDE * SIDE, 4, 5]

/** The image encoder of the fake model in eight bits. Its weights, whole numbers from -5 to 5, stay what they are; its pixels do not. */
export function quantisedVision(): Uint8Array {
  const weight = (index: number): number => ((index * 37) % 11) - 5
  return buildOnnxModel({
    inputs: [{ name: 'pixel_values', type: 'float32', shape: ['batch', 3, SIDE, SIDE] }],
    outputs: [{ name: 'image_embeds', type: 'float32', shape: ['batch', DIM] }],
    initializers: [
      { name: 'weights', type: 'uint8', dims: [ROWS, DIM], data: Uint8Array.from({ length: ROWS * DIM }, (_, index) => weight(index) + ZERO) }, // prettier-ignore
      { name: 'zero', type: 'uint8', dims: [], data: Uint8Array.of(ZERO) },
    ],
    nodes: [
      { op: 'Flatten', inputs: ['pixel_values'], outputs: ['flat'] },
      ...quantisedProduct('flat', 'image_embeds', 'zero'),
    ],
  })
}
