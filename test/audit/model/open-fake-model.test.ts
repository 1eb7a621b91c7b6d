import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ModelError } from '../../../src/audit/errors.js'
import { openModel } from '../../../src/audit/model/open-model.js'
import type { Model, OpenModelOptions } from '../../../src/audit/model/open-model.js'
import { readModelFolder } from '../../../src/audit/model/read-model-folder.js'
import type { ModelFolder } from '../../../src/audit/model/read-model-folder.js'
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
    expect([model.batch, model.tried.isBatchInvariant]).toEqual([3, true])
    expect(await model.embedPixels(images)).toEqual(await (await open()).embedPixels(images))
  })

  it('runs one image at a time when vectors depend on their batch, and says so', async () => {
    const isCentred = fakeVision({ isCentred: true })
    await expect(open({ 'onnx/vision_model.onnx': isCentred })).resolves.toMatchObject({
      batch: 1,
      tried: { isBatchInvariant: false },
    })
  })

  it('fills a fixed batch with copies of one image when vectors depend on their batch', async () => {
    const one = await open({ 'onnx/vision_model.onnx': fakeVision({ isCentred: true }) })
    const alone = await one.embedPixels(images)
    const three = await open({ 'onnx/vision_model.onnx': fakeVision({ isCentred: true, batch: 3 }) })
    expect([three.batch, (await three.embeddedWith()).batch, three.tried.isBatchInvariant]).toEqual([1, 3, false])
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
    const texts = await (await open({ 'onnx/text_model.onnx': text })).openTexts()
    const vectors = await texts.embedTexts(['a man', 'a woman', 'a dog'])
    expect(vectors.length).toBe(12)
    expect(vectors.subarray(4, 8)).toEqual(await texts.embedTexts(['a woman']))
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

describe('a dual encoder that was tried before', () => {
  const tried = { dim: 4, isBatchInvariant: true, fixedBatch: null }
  const spoil = (file: string): void => writeFileSync(join(folder, file), 'junk')

  it('says what trying found out', async () => {
    expect((await open()).tried).toEqual(tried)
    const three = await open({ 'onnx/vision_model.onnx': fakeVision({ isCentred: true, batch: 3 }) })
    expect(three.tried).toEqual({ dim: 4, isBatchInvariant: false, fixedBatch: 3 })
  })

  it('gives the same vectors and settings when it is told so', async () => {
    const [fresh, known] = [await open({}, { batch: 2 }), await open({}, { batch: 2, tried })]
    expect(await known.embedPixels(images)).toEqual(await fresh.embedPixels(images))
    expect(await known.embeddedWith()).toEqual(await fresh.embeddedWith())
    expect([known.dim, known.batch, known.tried]).toEqual([fresh.dim, fresh.batch, fresh.tried])
  })

  it('batches as trying said', async () => {
    const known = await open({}, { tried: { dim: 4, isBatchInvariant: false, fixedBatch: 3 } })
    expect([known.batch, (await known.embeddedWith()).batch]).toEqual([1, 3])
  })

  it('loads its image encoder only when a vector is asked for', async () => {
    const read = await readModelFolder(writeFakeModel(folder))
    spoil('onnx/vision_model.onnx')
    const model = await openRead(read, { tried })
    expect([model.dim, model.isSimulated, (await model.embeddedWith()).batch]).toEqual([4, false, 32])
    await expect(model.embedPixels([images[0]])).rejects.toMatchObject({ name: 'ModelError' })
    await expect(model.signature()).rejects.toMatchObject({ name: 'ModelError' })
  })

  it('loads it at once when nobody tried it', async () => {
    const read = await readModelFolder(writeFakeModel(folder))
    spoil('onnx/vision_model.onnx')
    await expect(openRead(read, {})).rejects.toMatchObject({ name: 'ModelError' })
    await expect(openRead(read, { tried: null })).rejects.toMatchObject({ name: 'ModelError' })
  })

  it('embeds texts without its image encoder', async () => {
    const read = await readModelFolder(writeFakeModel(folder))
    const vectors = await (await (await openRead(read, {})).openTexts()).embedTexts(['a man'])
    spoil('onnx/vision_model.onnx')
    const texts = await (await openRead(read, { tried })).openTexts()
    expect(await texts.embedTexts(['a man'])).toEqual(vectors)
  })

  it('multiplies vectors without either encoder', async () => {
    const read = await readModelFolder(writeFakeModel(folder))
    spoil('onnx/vision_model.onnx')
    spoil('onnx/text_model.onnx')
    const { similarities } = await openRead(read, { tried })
    expect([...(await similarities(Float32Array.of(1, 2), Float32Array.of(3, 4), 2))]).toEqual([11])
  })
})

type Refused = [name: string, files: FakeFiles, code: string, message: string]

const AGAIN = 'Export the encoder again, or check that the two encoder files were not exchanged.'
const VISION = 'V: inputs: expected one input pixel_values, float32 or float16 [batch, 3, 8, 8] but received'
const TEXT =
  'T: inputs: expected inputs input_ids and perhaps attention_mask, int64 or int32 [batch, tokens] but received'

describe('a model that is refused when it is opened', () => {
  it.each<Refused>([
    [
      'whose image encoder names its input otherwise',
      { 'onnx/vision_model.onnx': fakeVision({ input: 'image' }) },
      'model.inputs',
      `${VISION} image float32 [batch, 3, 8, 8]. ${AGAIN}`,
    ],
    [
      'whose image encoder is the text encoder',
      { 'onnx/vision_model.onnx': fakeText() },
      'model.inputs',
      `${VISION} input_ids int64 [batch, tokens]. ${AGAIN}`,
    ],
    [
      'whose preprocessing makes another size',
      { 'preprocessor_config.json': { ...fakePreprocessor(), size: 16, crop_size: 16 } },
      'model.inputs',
      `V: inputs: expected one input pixel_values, float32 or float16 [batch, 3, 16, 16] but received pixel_values float32 [batch, 3, 8, 8]. ${AGAIN}`,
    ],
    [
      'with several outputs that fit',
      { 'onnx/vision_model.onnx': fakeVision({ outputs: ['one', 'two'] }) },
      'model.outputs',
      `V: outputs: expected image_embeds, pooler_output, or one float32 output [batch, width] but received one float32 [batch, 4]; two float32 [batch, 4]. ${AGAIN}`,
    ],
    [
      'that gives NaN',
      { 'onnx/vision_model.onnx': fakeVision({ weight: () => NaN }) },
      'model.nonfinite',
      'V: expected finite numbers but received NaN or infinity for a plain synthetic input. Use the float32 export (--dtype fp32); half precision overflows in some models.',
    ],
    [
      'that gives every image the same vector',
      { 'onnx/vision_model.onnx': fakeVision({ weight: () => 0 }) },
      'model.same-vector',
      'V: expected different vectors for different images but received the same vector for two different images. The export is broken; export the image encoder again.',
    ],
    [
      'with an operator that nobody knows',
      { 'onnx/vision_model.onnx': fakeVision({ op: 'FancyPooling' }) },
      'model.onnx-operator',
      'V: expected operators that ONNX Runtime knows but received the operator "FancyPooling". Export the model again with an opset and operators that onnxruntime-node 1.30 knows. Custom operator libraries are never loaded.',
    ],
  ])('%s', async (_, files, code, message) => {
    expect(await refusal(() => open(files))).toEqual([code, message])
  })
})

describe('a model that is refused when texts are first needed', () => {
  it.each<Refused>([
    [
      'whose text encoder is the image encoder',
      { 'onnx/text_model.onnx': fakeVision() },
      'model.inputs',
      `${TEXT} pixel_values float32 [batch, 3, 8, 8]. ${AGAIN}`,
    ],
    [
      'whose text encoder wants more than it will get',
      { 'onnx/text_model.onnx': fakeText({ extra: 'position_ids' }) },
      'model.inputs',
      `${TEXT} input_ids int64 [batch, tokens]; position_ids int64 [batch, tokens]. ${AGAIN}`,
    ],
    [
      'whose vectors differ in width',
      { 'onnx/text_model.onnx': fakeText({ dim: 5 }) },
      'model.widths',
      'T: expected text vectors as wide as image vectors (4) but received width 5. Both encoders must be exported with their projection (image_embeds, text_embeds).',
    ],
    [
      'that gives every text the same vector',
      { 'onnx/text_model.onnx': fakeText({ weight: () => 1 }) },
      'model.same-vector',
      'T: expected different vectors for different texts but received the same vector for two different texts. The export is broken; export the text encoder again.',
    ],
    [
      'whose text encoder cannot take the length of the context',
      { 'onnx/text_model.onnx': fakeText({ length: 2 }) },
      'model.prompt-too-long',
      'T: expected prompts of at most 2 tokens but received 7 tokens in "a photo of a house". Shorten the label or the template; prompts are never cut.',
    ],
  ])('%s', async (_, files, code, message) => {
    const model = await open(files)
    expect(await refusal(() => model.openTexts())).toEqual([code, message])
  })
})

async function open(files: FakeFiles = {}, options: Partial<OpenModelOptions> = {}): Promise<Model> {
  return openRead(await readModelFolder(writeFakeModel(folder, files)), options)
}

async function openRead(read: ModelFolder, options: Partial<OpenModelOptions>): Promise<Model> {
  const model = await openModel(read, { resize: 'exact', threads: 1, ...options })
  opened.push(model)
  return model
}

/** Code and message, the two encoders shortened to V and T. */
async function refusal(attempt: () => Promise<unknown>): Promise<[code: string, message: string]> {
  try {
    await attempt()
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    const shown = error.message
      .replaceAll(join(folder, 'onnx/vision_model.onnx'), 'V')
      .replaceAll(join(folder, 'onnx/text_model.onnx'), 'T')
    return [error.code, shown]
  }
  throw new Error('the model was not refused')
}
