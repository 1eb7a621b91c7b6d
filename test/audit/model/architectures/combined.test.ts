import { afterAll, describe, expect, it } from 'vitest'
import { identifyModel, identifyText, identifyVision } from '../../../../src/audit/model/model-identity.js'
import { measureLogits } from '../../../../src/audit/model/measure-logits.js'
import { buildOnnxModel } from '../../../../src/audit/model/onnx-graph.js'
import type { OnnxNode } from '../../../../src/audit/model/onnx-graph.js'
import { runModelInspect } from '../../../../src/audit/run-model-inspect.js'
import { describeModelInspection } from '../../../../src/cli/describe-model-inspect.js'
import { SIDE } from '../fake-model.js'
import { constant, FLOAT32, IMAGES, misfit, multiply, planesOf, unitVector, workshop } from './plain.js'
import { DIM, plainText, textNodes } from './text-towers.js'

const { open, close } = workshop()
afterAll(close)

type Combined = {
  readonly image?: number | string
  readonly text?: number | string
  readonly length?: number | string
  readonly scale?: number
  readonly bias?: number
  /** Keep scale and bias as named constants; else they are folded into numbers without a name. */
  readonly isNamed?: boolean
}

const SCALE = 42.5
const BIAS = -7.25

/** Both encoders, their unit vectors, and the logits of all pairs: what `optimum` exports as model.onnx. */
function combined(of: Combined = {}): Uint8Array {
  const {
    image = 'image_batch_size',
    text = 'text_batch_size',
    length = 'sequence_length',
    scale = SCALE,
    bias,
    isNamed = false,
  } = of
  const scalar = (name: string, value: number) => ({
    name,
    type: 'float32' as const,
    dims: [],
    data: Float32Array.of(value),
  })
  return buildOnnxModel({
    inputs: [
      { name: 'input_ids', type: 'int64', shape: [text, length] },
      { name: 'pixel_values', type: 'float32', shape: [image, 3, SIDE, SIDE] },
      { name: 'attention_mask', type: 'int64', shape: [text, length] },
    ],
    outputs: [
      { name: 'logits_per_image', type: 'float32', shape: [image, text] },
      { name: 'logits_per_text', type: 'float32', shape: [text, image] },
      { name: 'text_embeds', type: 'float32', shape: [text, DIM] },
      { name: 'image_embeds', type: 'float32', shape: [image, DIM] },
    ],
    initializers: [
      constant('project', [3 * SIDE * SIDE, DIM], 5),
      constant('table', [13, DIM], 7),
      constant('places', [16, DIM], 8),
      ...[0n, 1n, 2n].map((value, index) => ({ name: ['zero', 'one', 'two'][index], type: 'int64' as const, dims: [1], data: BigInt64Array.of(value) })), // prettier-ignore
      scalar(isNamed ? 'model.logit_scale' : 'onnx::Mul_7', isNamed ? Math.log(scale) : scale),
      ...(bias === undefined ? [] : [scalar(isNamed ? 'logit_bias' : 'onnx::Add_8', bias)]),
    ],
    nodes: [
      ...textNodes({ mask: 'int64' }),
      ...unit('text_vector', 'text_embeds'),
      { op: 'Flatten', inputs: ['pixel_values'], outputs: ['flat'] },
      { op: 'MatMul', inputs: ['flat', 'project'], outputs: ['image_vector'] },
      ...unit('image_vector', 'image_embeds'),
      { op: 'Transpose', inputs: ['text_embeds'], outputs: ['text_columns'], attributes: { perm: { ints: [1, 0] } } },
      { op: 'MatMul', inputs: ['image_embeds', 'text_columns'], outputs: ['cosines'] },
      ...(isNamed ? [{ op: 'Exp', inputs: ['model.logit_scale'], outputs: ['exponent'] }] : []),
      { op: 'Mul', inputs: ['cosines', isNamed ? 'exponent' : 'onnx::Mul_7'], outputs: [bias === undefined ? 'logits_per_image' : 'scaled'] }, // prettier-ignore
      ...(bias === undefined ? [] : [{ op: 'Add', inputs: ['scaled', isNamed ? 'logit_bias' : 'onnx::Add_8'], outputs: ['logits_per_image'] }]), // prettier-ignore
      { op: 'Transpose', inputs: ['logits_per_image'], outputs: ['logits_per_text'], attributes: { perm: { ints: [1, 0] } } }, // prettier-ignore
    ],
  })
}

function unit(from: string, to: string): OnnxNode[] {
  return [
    { op: 'ReduceL2', inputs: [from], outputs: [`${from}_length`], attributes: { axes: { ints: [1] } } },
    { op: 'Div', inputs: [from, `${from}_length`], outputs: [to] },
  ]
}

const only = (file: string, model: Uint8Array, changes: object = {}) => ({
  'onnx/vision_model.onnx': null,
  'onnx/text_model.onnx': null,
  [file]: model,
  ...changes,
})

const plainImage = (pixels: Uint8Array): number[] => unitVector(multiply([planesOf(pixels).flat(2)], DIM, 5)[0])
const IDS = [[1, 3, 10, 2], [1, 3, 11, 2], [1, 3, 12, 2]] // prettier-ignore
const TEXTS = ['a man', 'a woman', 'a dog']
const PLAIN_TEXTS = IDS.flatMap((ids) => unitVector(plainText(ids, { mask: true, length: 16, padId: 2 })))

describe('a file that holds both encoders', () => {
  it.each([
    ['batches of their own', {}],
    ['one batch for both', { image: 'batch', text: 'batch' }],
    ['batches without a name', { image: '', text: '' }],
    ['a batch of one', { image: 1, text: 1 }],
    ['batches of four', { image: 4, text: 4 }],
    ['a batch of four beside any number of texts', { image: 4, text: 'texts' }],
    ['a length of its own', { length: 16 }],
  ] as const)('with %s serves both sides as plain arithmetic says', async (_, of) => {
    const model = await open(only('onnx/model.onnx', combined(of)))
    expect(model.folder).toMatchObject({ isCombined: true, visionFile: 'onnx/model.onnx', textFile: 'onnx/model.onnx' })
    expect(misfit(await model.embedPixels(IMAGES), IMAGES.flatMap(plainImage))).toBeLessThan(FLOAT32)
    const texts = await model.openTexts()
    expect(misfit(await texts.embedTexts(TEXTS), PLAIN_TEXTS)).toBeLessThan(FLOAT32)
  })

  it('is hashed once, and is what both sides are known by', async () => {
    const { folder } = await open(only('onnx/model.onnx', combined()))
    const { files } = await identifyModel(folder)
    expect(files.map(([file]) => file).filter((file) => file.endsWith('.onnx'))).toEqual(['onnx/model.onnx'])
    expect((await identifyVision(folder)).sha256).toBe((await identifyText(folder)).sha256)
  })

  it('is used in the precision that was asked for', async () => {
    const files = only('onnx/model_quantized.onnx', combined())
    const model = await open(files, { dtypes: { vision: 'q8', text: 'q8' } })
    expect(model.folder.visionFile).toBe('onnx/model_quantized.onnx')
  })

  it('stays aside where each encoder has a file', async () => {
    const model = await open({ 'onnx/model.onnx': combined() })
    expect(model.folder).toMatchObject({ isCombined: false, visionFile: 'onnx/vision_model.onnx' })
  })
})

describe('logit scale and bias of a file that holds both encoders', () => {
  const SIGLIP = { 'config.json': { model_type: 'siglip', text_config: { max_position_embeddings: 16 } } }

  it('are read where their names were kept', async () => {
    const { folder } = await open(only('onnx/model.onnx', combined({ isNamed: true, bias: BIAS }), SIGLIP))
    expect(folder.logitScale).toBeCloseTo(SCALE, 4)
    expect(folder).toMatchObject({ activation: 'sigmoid', logitBias: BIAS, logitBiasReason: null })
  })

  it('are read beside encoders with files of their own', async () => {
    const { folder } = await open({ 'onnx/model.onnx': combined({ isNamed: true }) })
    expect([folder.logitScale?.toFixed(3), folder.isCombined]).toEqual([SCALE.toFixed(3), false])
  })

  it.each([
    ['both', BIAS, {}],
    ['both, of a batch of one', BIAS, { image: 1, text: 1 }],
    ['a scale alone', 0, {}],
  ] as const)(
    'are not known where names were folded away, but %s can be measured from its logits',
    async (_, bias, of) => {
      const { folder } = await open(only('onnx/model.onnx', combined({ bias, ...of }), SIGLIP))
      expect(folder).toMatchObject({ logitScale: null, logitScaleReason: 'not in the export', logitBias: null })
      const measured = await measureLogits(folder)
      expect(measured?.file).toBe('onnx/model.onnx')
      expect(measured?.scale).toBeCloseTo(SCALE, 2)
      expect(measured?.bias).toBeCloseTo(bias, 2)
    },
  )

  it('are told as flags by an inspection', async () => {
    const { folder } = await open(only('onnx/model.onnx', combined({ bias: BIAS }), SIGLIP))
    const text = describeModelInspection(await runModelInspect(folder.folder))
    expect(text).toContain('both in onnx/model.onnx (fp32); works, but every image is embedded with a text for nothing')
    expect(text).toMatch(
      /onnx\/model.onnx computes its own logits with --logit-scale 42\.[45]\d* --logit-bias -7\.2[45]\d*/,
    )
  })

  it('are not measured where there is no such file', async () =>
    expect(await measureLogits((await open({})).folder)).toBeNull())
})
