import { afterAll, describe, expect, it } from 'vitest'
import { modelFacts } from '../../../../src/audit/model/model-facts.js'
import { halfToNumber, numberToHalf } from '../../../../src/audit/model/half-float.js'
import { identifyModel } from '../../../../src/audit/model/model-identity.js'
import { buildOnnxModel } from '../../../../src/audit/model/onnx-graph.js'
import { SIDE } from '../fake-model.js'
import { constant, IMAGES, misfit, multiply, planesOf, workshop } from './plain.js'
import { DIM, plainText, textTower } from './text-towers.js'

const { open, close } = workshop()
afterAll(close)

const HALF = 10 // float16 in TensorProto.DataType
const FLOAT = 1
const FP16 = { vision: 'fp16', text: 'fp16' } as const

/** Pixels and vectors in half precision; the product is taken in float32, as ONNX Runtime does on a processor without halves. */
function halfVision(input: 'float16' | 'float32', output: 'float16' | 'float32', factor = 1): Uint8Array {
  const cast = (from: string, to: string, type: number) => ({ op: 'Cast', inputs: [from], outputs: [to], attributes: { to: { int: type } } }) // prettier-ignore
  return buildOnnxModel({
    inputs: [{ name: 'pixel_values', type: input, shape: ['batch', 3, SIDE, SIDE] }],
    outputs: [{ name: 'image_embeds', type: output, shape: ['batch', DIM] }],
    initializers: [
      constant('project', [3 * SIDE * SIDE, DIM], 5),
      { name: 'factor', type: 'float32', dims: [1], data: Float32Array.of(factor) },
    ],
    nodes: [
      cast('pixel_values', 'pixels', FLOAT),
      { op: 'Flatten', inputs: ['pixels'], outputs: ['flat'] },
      { op: 'MatMul', inputs: ['flat', 'project'], outputs: ['plain'] },
      { op: 'Mul', inputs: ['plain', 'factor'], outputs: ['raw'] },
      cast('raw', 'image_embeds', output === 'float16' ? HALF : FLOAT),
    ],
  })
}

const rounded = (value: number): number => halfToNumber(numberToHalf(value))
const fp16 = (vision: Uint8Array) => ({
  'onnx/vision_model.onnx': null,
  'onnx/text_model.onnx': null,
  'onnx/vision_model_fp16.onnx': vision,
  'onnx/text_model_fp16.onnx': textTower({ positions: 16 }),
})

describe('a tower in half precision', () => {
  it.each([
    ['float16', 'float16'],
    ['float16', 'float32'],
    ['float32', 'float16'],
  ] as const)('with %s pixels and %s vectors gives those of plain arithmetic', async (input, output) => {
    const model = await open(fp16(halfVision(input, output)), { dtypes: FP16 })
    const plain = IMAGES.flatMap((pixels) => {
      const values = planesOf(pixels).flat(2).map((value) => (input === 'float16' ? rounded(Math.fround(value)) : value)) // prettier-ignore
      return multiply([values], DIM, 5)[0]
    })
    const tolerance = output === 'float16' ? 2 ** -11 : 1e-5 // half of the last bit of a half
    const found = await model.embedPixels(IMAGES)
    expect(misfit(found, plain)).toBeLessThan(tolerance * 1.01)
    if (output === 'float16') expect([...found]).toEqual([...found].map(rounded)) // every vector number is a half
  })

  it('is named in the facts of the model, as fp32 is not', async () => {
    const model = await open(fp16(halfVision('float16', 'float16')), { dtypes: FP16 })
    expect(modelFacts(model, await identifyModel(model.folder)).dtype).toBe('fp16')
    const plain = await open({})
    expect(modelFacts(plain, await identifyModel(plain.folder))).not.toHaveProperty('dtype')
  })

  it('that overflows is refused with what to do', async () => {
    await expect(open(fp16(halfVision('float16', 'float16', 1e6)), { dtypes: FP16 })).rejects.toThrow(
      'expected finite numbers but received NaN or infinity for a plain synthetic input. Use the float32 export (--dtype fp32); half precision overflows in some models.',
    )
  })

  it('may stand beside a text tower of another precision only where it is said', async () => {
    const files = { 'onnx/vision_model.onnx': null, 'onnx/vision_model_fp16.onnx': halfVision('float16', 'float16'), 'onnx/text_model.onnx': textTower({ positions: 16 }) } // prettier-ignore
    await expect(open(files, { dtypes: FP16 })).rejects.toThrow('to mix them say --dtype vision=fp16,text=fp32.')
    const model = await open(files, { dtypes: { vision: 'fp16', text: 'fp32' } })
    expect(modelFacts(model, await identifyModel(model.folder)).dtype).toBe('vision=fp16,text=fp32')
    const texts = await model.openTexts()
    expect(misfit(await texts.embedTexts(['a dog']), plainText([1, 3, 12, 2], { mask: false, length: 16, padId: 2 }))).toBeLessThan(1e-5) // prettier-ignore
  })
})
