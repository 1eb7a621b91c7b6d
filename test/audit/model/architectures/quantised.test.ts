import { afterAll, describe, expect, it } from 'vitest'
import { buildOnnxModel } from '../../../../src/audit/model/onnx-graph.js'
import { SIDE } from '../fake-model.js'
import { IMAGES, misfit, planesOf, range, sum, workshop } from './plain.js'
import { quantisedProduct } from './quantised-product.js'

const { open, close } = workshop()
afterAll(close)

const DIM = 4
const Q8 = { vision: 'q8', text: 'q8' } as const
const eightBit = (index: number, salt: number): number => ((index * 31 + salt * 7) % 21) - 10

const weights = (rows: number, salt: number) => ({
  name: 'weights',
  type: 'uint8' as const,
  dims: [rows, DIM],
  data: Uint8Array.from({ length: rows * DIM }, (_, index) => eightBit(index, salt) + 10),
})

function quantisedVision(): Uint8Array {
  return buildOnnxModel({
    inputs: [{ name: 'pixel_values', type: 'float32', shape: ['batch', 3, SIDE, SIDE] }],
    outputs: [{ name: 'image_embeds', type: 'float32', shape: ['batch', DIM] }],
    initializers: [weights(3 * SIDE * SIDE, 1)],
    nodes: [
      { op: 'Flatten', inputs: ['pixel_values'], outputs: ['flat'] },
      ...quantisedProduct('flat', 'image_embeds'),
    ],
  })
}

/** The mean row of a table, then the same. */
function quantisedText(): Uint8Array {
  const width = 6
  return buildOnnxModel({
    inputs: [{ name: 'input_ids', type: 'int64', shape: ['batch', 'tokens'] }],
    outputs: [{ name: 'text_embeds', type: 'float32', shape: ['batch', DIM] }],
    initializers: [
      { name: 'table', type: 'float32', dims: [13, width], data: Float32Array.from({ length: 13 * width }, (_, i) => ((i * 29) % 13) * ((i % 5) + 1)) }, // prettier-ignore
      weights(width, 2),
    ],
    nodes: [
      { op: 'Gather', inputs: ['table', 'input_ids'], outputs: ['rows'] },
      {
        op: 'ReduceMean',
        inputs: ['rows'],
        outputs: ['mean'],
        attributes: { axes: { ints: [1] }, keepdims: { int: 0 } },
      },
      ...quantisedProduct('mean', 'text_embeds'),
    ],
  })
}

/** The same by hand, of one image on its own: eight bits over its own range, which must hold 0. Source: onnx/onnx DynamicQuantizeLinear. */
function plainQuantised(pixels: Uint8Array): number[] {
  const values = planesOf(pixels).flat(2)
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)]
  const step = (high - low) / 255
  const centre = Math.round(-low / step)
  const bytes = values.map((value) => Math.min(255, Math.max(0, Math.round(value / step) + centre)))
  return range(DIM).map((column) => step * sum(bytes.map((byte, row) => (byte - centre) * (eightBit(row * DIM + column, 1) + 10)))) // prettier-ignore
}

const files = {
  'onnx/vision_model_quantized.onnx': quantisedVision(),
  'onnx/text_model_quantized.onnx': quantisedText(),
}

describe('a tower that quantises its activations', () => {
  it('is found to depend on its batch, runs one image at a time, and gives each the vector that it has alone', async () => {
    const model = await open(files, { dtypes: Q8 })
    expect([model.tried.isBatchInvariant, model.batch]).toEqual([false, 1])
    // dark images have another range than noise: among others their vectors would be of another scale
    const mixed = [...IMAGES, IMAGES[0].map((value) => value >> 3)]
    const found = await model.embedPixels(mixed)
    expect(misfit(found, mixed.flatMap(plainQuantised))).toBeLessThan(2 / 255) // a value halfway between two steps may go either way
    const alone = await model.embedPixels([mixed[5]])
    expect([...found.subarray(5 * DIM)]).toEqual([...alone])
  })

  it('is found out on the side of the texts too, where the image tower is not of that kind', async () => {
    const model = await open(files, { dtypes: { vision: 'fp32', text: 'q8' } })
    expect(model.tried.isBatchInvariant).toBe(true)
    const texts = await model.openTexts()
    expect(texts.tried).toMatchObject({ isBatchInvariant: false })
    expect(texts.embeddedWith.batch).toBe(1)
    const together = await texts.embedTexts(['a man', 'three red lines', 'a dog'])
    expect([...together.subarray(DIM, 2 * DIM)]).toEqual([...(await texts.embedTexts(['three red lines']))])
  })

  it('is not looked for again where it was found before', async () => {
    const model = await open(files, { dtypes: { vision: 'fp32', text: 'q8' } })
    const texts = await model.openTexts({ fixedBatch: null, fixedLength: null, isBatchInvariant: false })
    expect(texts.embeddedWith.batch).toBe(1)
  })
})
