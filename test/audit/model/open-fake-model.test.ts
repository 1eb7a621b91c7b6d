import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ModelError } from '../../../src/audit/errors.js'
import { openModel } from '../../../src/audit/model/open-model.js'
import type { Model, OpenModelOptions } from '../../../src/audit/model/open-model.js'
import { drawnImage } from './drawn-image.js'
import { fakePreprocessor, fakeText, fakeVision, SIDE, writeFakeModel } from './fake-model.js'
import type { FakeFiles } from './fake-model.js'

let folder: string
let opened: Model[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'probity-model-'))
})
afterEach(async () => {
  await Promise.all(opened.map((model) => model.close()))
  opened = []
  rmSync(folder, { recursive: true })
})

const images = [1, 2, 3, 4, 5].map((seed) => drawnImage('noise', SIDE, SIDE, seed).rgb)

describe('a dual encoder', () => {
  it('gives each image its own vector, whatever the batch', async () => {
    const [two, ten] = [await open({}, { batch: 2 }), await open({}, { batch: 10 })]
    const [left, right] = [await two.embedPixels(images), await ten.embedPixels(images)]
    expect(left.length).toBe(5 * 4)
    expect(left).toEqual(right)
    expect(left.subarray(8, 12)).toEqual(await two.embedPixels([images[2]]))
  })

  it('gives vectors as the encoder does, not normalised', async () => {
    const model = await open()
    const [pixels, weight] = [images[0], (row: number, column: number) => (((row * 4 + column) * 37) % 11) - 5]
    const planes = Array.from(
      { length: 192 },
      (_, index) => (pixels[(index % 64) * 3 + Math.floor(index / 64)] / 255 - 0.5) / 0.5,
    )
    const expected = planes.reduce((sum, value, row) => sum + value * weight(row, 0), 0) // by hand: (x / 255 - 0.5) / 0.5 times w
    expect((await model.embedPixels([pixels]))[0]).toBeCloseTo(expected, 3)
  })

  it('honours a fixed batch and fills the last one up', async () => {
    const model = await open({ 'onnx/vision_model.onnx': fakeVision({ batch: 3 }) }, { batch: 32 })
    expect([model.batch, model.facts.batchInvariant]).toEqual([3, true])
    expect(await model.embedPixels(images)).toEqual(await (await open()).embedPixels(images))
  })

  it('runs one image at a time when vectors depend on their batch, and says so', async () => {
    const isCentred = fakeVision({ isCentred: true })
    await expect(open({ 'onnx/vision_model.onnx': isCentred })).resolves.toMatchObject({
      batch: 1,
      facts: { batchInvariant: false },
    })
  })

  it('fills a fixed batch with copies of one image when vectors depend on their batch', async () => {
    const one = await open({ 'onnx/vision_model.onnx': fakeVision({ isCentred: true }) })
    const alone = await one.embedPixels(images)
    const three = await open({ 'onnx/vision_model.onnx': fakeVision({ isCentred: true, batch: 3 }) })
    expect([three.batch, three.embeddedWith.batch, three.facts.batchInvariant]).toEqual([1, 3, false])
    const filled = await three.embedPixels(images)
    filled.forEach((value, index) => expect(value).toBeCloseTo(alone[index], 2))
  })

  it.each([
    ['int32 tokens', fakeText({ type: 'int32' })],
    ['an attention mask', fakeText({ mask: 'int64' })],
    ['an int32 attention mask', fakeText({ mask: 'int32' })],
    ['a fixed length', fakeText({ length: 16 })],
    ['a fixed batch', fakeText({ batch: 1 })],
  ])('takes texts with %s', async (_, text) => {
    const model = await open({ 'onnx/text_model.onnx': text })
    const vectors = await model.embedTexts(['a man', 'a woman', 'a dog'])
    expect(vectors.length).toBe(12)
    expect(vectors.subarray(4, 8)).toEqual(await model.embedTexts(['a woman']))
  })

  it.each([['pooler_output'], ['sentence_embedding']])('takes %s when it is the only vector', async (output) => {
    await expect(open({ 'onnx/vision_model.onnx': fakeVision({ outputs: [output] }) })).resolves.toMatchObject({
      dim: 4,
    })
  })

  it('multiplies image and class vectors as a plain loop does, and leaves both alone', async () => {
    const model = await open()
    const [left, right] = [Float32Array.of(1, 2, 3, 4, 5, 6), Float32Array.of(1, 0, -1, 0.5, 0.5, 0.5, 2, 2, 2)]
    expect([...(await model.similarities(left, right, 3))]).toEqual([-2, 3, 12, -2, 7.5, 30])
    expect([left.length, right.length]).toEqual([6, 9])
    expect((await model.similarities(new Float32Array(0), right, 3)).length).toBe(0)
    await expect(model.similarities(left, right, 4)).rejects.toThrow(RangeError)
  })
})

describe('a model that is refused when it is opened', () => {
  const again = 'Export the encoder again, or check that the two encoder files were not exchanged.'
  const vision = 'V: inputs: expected one input pixel_values, float32 [batch, 3, 8, 8] but received'
  const text =
    'T: inputs: expected inputs input_ids and perhaps attention_mask, int64 or int32 [batch, tokens] but received'
  const cases: [name: string, files: FakeFiles, code: string, message: string][] = [
    [
      'whose image encoder names its input otherwise',
      { 'onnx/vision_model.onnx': fakeVision({ input: 'image' }) },
      'model.inputs',
      `${vision} image float32 [batch, 3, 8, 8]. ${again}`,
    ],
    [
      'whose image encoder is the text encoder',
      { 'onnx/vision_model.onnx': fakeText() },
      'model.inputs',
      `${vision} input_ids int64 [batch, tokens]. ${again}`,
    ],
    [
      'whose text encoder is the image encoder',
      { 'onnx/text_model.onnx': fakeVision() },
      'model.inputs',
      `${text} pixel_values float32 [batch, 3, 8, 8]. ${again}`,
    ],
    [
      'whose text encoder wants more than it will get',
      { 'onnx/text_model.onnx': fakeText({ extra: 'position_ids' }) },
      'model.inputs',
      `${text} input_ids int64 [batch, tokens]; position_ids int64 [batch, tokens]. ${again}`,
    ],
    [
      'whose preprocessing makes another size',
      { 'preprocessor_config.json': { ...fakePreprocessor(), size: 16, crop_size: 16 } },
      'model.inputs',
      `V: inputs: expected one input pixel_values, float32 [batch, 3, 16, 16] but received pixel_values float32 [batch, 3, 8, 8]. ${again}`,
    ],
    [
      'with several outputs that fit',
      { 'onnx/vision_model.onnx': fakeVision({ outputs: ['one', 'two'] }) },
      'model.outputs',
      `V: outputs: expected image_embeds, pooler_output, or one float32 output [batch, width] but received one float32 [batch, 4]; two float32 [batch, 4]. ${again}`,
    ],
    [
      'whose vectors differ in width',
      { 'onnx/text_model.onnx': fakeText({ dim: 5 }) },
      'model.widths',
      'T: expected text vectors as wide as image vectors (4) but received width 5. Both encoders must be exported with their projection (image_embeds, text_embeds).',
    ],
    [
      'that gives NaN',
      { 'onnx/vision_model.onnx': fakeVision({ weight: () => NaN }) },
      'model.nonfinite',
      'V: expected finite numbers but received NaN or infinity for a plain synthetic input. Use the float32 export; half precision overflows in some models.',
    ],
    [
      'that gives every image the same vector',
      { 'onnx/vision_model.onnx': fakeVision({ weight: () => 0 }) },
      'model.same-vector',
      'V: expected different vectors for different images but received the same vector for three different images. The export is broken; export the image encoder again.',
    ],
    [
      'that gives every text the same vector',
      { 'onnx/text_model.onnx': fakeText({ weight: () => 1 }) },
      'model.same-vector',
      'T: expected different vectors for different texts but received the same vector for two different texts. The export is broken; export the text encoder again.',
    ],
    [
      'with an operator that nobody knows',
      { 'onnx/vision_model.onnx': fakeVision({ op: 'FancyPooling' }) },
      'model.onnx-operator',
      'V: expected operators that ONNX Runtime knows but received the operator "FancyPooling". Export the model again with an opset and operators that onnxruntime-node 1.30 knows. Custom operator libraries are never loaded.',
    ],
    [
      'whose text encoder cannot take the length of the context',
      { 'onnx/text_model.onnx': fakeText({ length: 2 }) },
      'model.prompt-too-long',
      'T: expected prompts of at most 2 tokens but received 7 tokens in "a photo of a house". Shorten the label or the template; prompts are never cut.',
    ],
  ]
  it.each(cases)('%s', async (_, files, code, message) => {
    const error = await refusal(files)
    const shown = error.message
      .replaceAll(join(folder, 'onnx/vision_model.onnx'), 'V')
      .replaceAll(join(folder, 'onnx/text_model.onnx'), 'T')
    expect([error.code, shown]).toEqual([code, message])
  })
})

async function open(files: FakeFiles = {}, options: Partial<OpenModelOptions> = {}): Promise<Model> {
  const model = await openModel(writeFakeModel(folder, files), { resize: 'exact', threads: 1, ...options })
  opened.push(model)
  return model
}

async function refusal(files: FakeFiles): Promise<ModelError> {
  try {
    await open(files)
  } catch (error) {
    if (error instanceof ModelError) return error
    throw error
  }
  throw new Error('the model was not refused')
}
