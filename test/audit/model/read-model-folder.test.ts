import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ModelError } from '../../../src/audit/errors.js'
import { buildOnnxModel } from '../../../src/audit/model/onnx-graph.js'
import { readModelFolder } from '../../../src/audit/model/read-model-folder.js'
import { externalTensorModel, safetensors } from './broken-model-files.js'
import { fakeText, fakeVision, writeFakeModel } from './fake-model.js'
import type { FakeFiles } from './fake-model.js'

const POINTER = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 351681234\n'
const LAYOUT =
  'A model folder has config.json, preprocessor_config.json, tokenizer.json, onnx/vision_model.onnx and onnx/text_model.onnx.'
const TOWERS =
  'Probity needs both encoders of the model: onnx/vision_model.onnx and onnx/text_model.onnx, or both in one onnx/model.onnx.'
const ESCAPE = 'Do not run this model unless you know why it reads other files.'

let root: string
let folder: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'probity-model-'))
  folder = join(root, 'tiny-clip')
})
afterEach(() => rmSync(root, { recursive: true }))

describe('a model folder', () => {
  it('has the name of its folder and says which files are its encoders', async () => {
    expect(await readModelFolder(writeFakeModel(folder))).toMatchObject({
      folder,
      name: 'tiny-clip',
      visionFile: 'onnx/vision_model.onnx',
      textFile: 'onnx/text_model.onnx',
      hasTokenizerConfig: true,
    })
  })

  it('may come without tokenizer_config.json, and says so', async () => {
    const read = await readModelFolder(writeFakeModel(folder, { 'tokenizer_config.json': null }))
    expect([read.hasTokenizerConfig, read.tokenizerConfig]).toEqual([false, {}])
  })

  it('names the external data beside each encoder', async () => {
    writeFakeModel(folder, {
      'onnx/vision_model.onnx': externalTensorModel('weights.onnx_data'),
      'onnx/weights.onnx_data': 'weights',
    })
    const read = await readModelFolder(folder)
    expect([read.visionData, read.textData]).toEqual([['onnx/weights.onnx_data'], []])
  })

  it('reads quantised encoders when their suffix is named', async () => {
    writeFakeModel(folder, { 'onnx/vision_model_int8.onnx': fakeVision(), 'onnx/text_model_int8.onnx': fakeText() })
    expect((await readModelFolder(folder, { vision: 'int8', text: 'int8' })).textFile).toBe('onnx/text_model_int8.onnx')
  })

  it('knows its logit scale only from the weights, never from the value before training', async () => {
    const config = { logit_scale_init_value: 2.6592, text_config: { max_position_embeddings: 16 } }
    const without = await readModelFolder(writeFakeModel(folder, { 'config.json': config }))
    expect([without.logitScale, without.logitScaleReason]).toEqual([null, 'not in the export'])
    const stored = safetensors('logit_scale', 'F32', new Uint8Array(Float32Array.of(Math.log(100)).buffer))
    const read = await readModelFolder(writeFakeModel(folder, { 'model.safetensors': stored }))
    expect(read.logitScale).toBeCloseTo(100, 4)
  })

  it.each([
    ['F16', Uint8Array.of(0x00, 0x40), Math.exp(2)],
    ['BF16', Uint8Array.of(0x00, 0x40), Math.exp(2)],
    ['F64', new Uint8Array(Float64Array.of(2).buffer), Math.exp(2)],
  ])('reads a logit scale stored as %s', async (dtype, bytes, expected) => {
    writeFakeModel(folder, { 'model.safetensors': safetensors('logit_scale', dtype, bytes) })
    expect((await readModelFolder(folder)).logitScale).toBeCloseTo(expected, 12)
  })
})

describe('a model folder that is refused', () => {
  const cases: [name: string, files: FakeFiles, code: string, message: string][] = [
    [
      'without a text encoder',
      { 'onnx/text_model.onnx': null },
      'model.file-missing',
      `M/onnx/text_model.onnx: expected a file but received nothing. ${TOWERS}`,
    ],
    [
      'without two files: both are named',
      { 'config.json': null, 'tokenizer.json': null },
      'model.file-missing',
      `M/config.json: expected a file but received nothing. ${LAYOUT}\nM/tokenizer.json: expected a file but received nothing. ${LAYOUT}`,
    ],
    [
      'whose weights were not downloaded',
      { 'onnx/vision_model.onnx': POINTER },
      'model.not-downloaded',
      'M/onnx/vision_model.onnx: expected the file itself but received a git-lfs pointer: the file was not downloaded. Run "git lfs pull" in the model folder, or download the file itself.',
    ],
    [
      'with a file of zero bytes',
      { 'onnx/text_model.onnx': '' },
      'model.file-empty',
      'M/onnx/text_model.onnx: expected a file with content but received zero bytes. Download the file again.',
    ],
    [
      'with an optional file of zero bytes',
      { 'tokenizer_config.json': '' },
      'model.file-empty',
      'M/tokenizer_config.json: expected a file with content but received zero bytes. Download the file again.',
    ],
    [
      'with text instead of JSON',
      { 'config.json': 'model_type = clip' },
      'model.not-json',
      'M/config.json: expected JSON with an object but received text that is not JSON. Download the file again.',
    ],
    [
      'with a tokenizer that was cut',
      { 'tokenizer.json': '{"model": {"type": "BPE", "vocab": {"a": 1' },
      'model.not-json',
      'M/tokenizer.json: expected JSON with an object but received JSON that ends in the middle. Download the file again.',
    ],
    [
      'with a JSON list',
      { 'tokenizer.json': '[1]' },
      'model.not-json',
      'M/tokenizer.json: expected JSON with an object but received [1]. Download the file again.',
    ],
    [
      'with text instead of a model',
      { 'onnx/vision_model.onnx': 'This is not a model.\n'.repeat(9) },
      'model.onnx-unreadable',
      'M/onnx/vision_model.onnx: expected an ONNX model but received a file that is cut or is something else. Download or export the file again.',
    ],
    [
      'with a cut model',
      { 'onnx/vision_model.onnx': fakeVision().subarray(0, 900) },
      'model.onnx-unreadable',
      'M/onnx/vision_model.onnx: expected an ONNX model but received a file that is cut or is something else. Download or export the file again.',
    ],
    [
      'whose external data lie above it',
      { 'onnx/vision_model.onnx': externalTensorModel('../../secret.bin') },
      'model.external-data',
      `M/onnx/vision_model.onnx: external data: expected a file inside the model folder but received "../../secret.bin". ${ESCAPE}`,
    ],
    [
      'whose external data have an absolute path',
      { 'onnx/vision_model.onnx': externalTensorModel('/etc/passwd') },
      'model.external-data',
      `M/onnx/vision_model.onnx: external data: expected a file inside the model folder but received "/etc/passwd". ${ESCAPE}`,
    ],
    [
      'whose external data are missing',
      { 'onnx/text_model.onnx': externalTensorModel('text.onnx_data') },
      'model.external-data',
      'M/onnx/text_model.onnx: external data: expected a file beside the model but received "text.onnx_data", which is not there. Download the file as well.',
    ],
    [
      'with broken safetensors',
      { 'model.safetensors': 'not safetensors at all' },
      'model.safetensors',
      'M/model.safetensors: expected safetensors with a logit_scale that is a finite number but received a file that is cut or is something else. Download the file again, or remove it: only logit_scale and logit_bias are read from it.',
    ],
    [
      'with an unknown preprocessing setting',
      { 'preprocessor_config.json': { do_thumbnail: true } },
      'model.preprocessing',
      'M/preprocessor_config.json: key: expected a setting that is known (do_resize, size, resample, do_center_crop, crop_size, do_rescale, rescale_factor, do_normalize, image_mean, image_std, do_convert_rgb, crop_pct) but received "do_thumbnail". Remove it if it changes no pixel.',
    ],
  ]
  it.each(cases)('%s', async (_, files, code, message) => {
    const error = await refusal(writeFakeModel(folder, files))
    expect(error.code).toBe(code)
    expect(error.message.replaceAll(folder, 'M')).toContain(message)
  })

  it('that is not there', async () => {
    expect((await refusal(join(root, 'nowhere'))).message).toBe(
      `${join(root, 'nowhere')}: expected a model folder but received nothing. ${LAYOUT}`,
    )
  })

  it('that is a file', async () => {
    writeFileSync(join(root, 'model.onnx'), 'x')
    expect((await refusal(join(root, 'model.onnx'))).message).toContain('expected a model folder but received a file.')
  })

  it('whose external data are a link to a file outside', async () => {
    writeFileSync(join(root, 'secret.bin'), 'secret')
    writeFakeModel(folder, { 'onnx/vision_model.onnx': externalTensorModel('weights.bin') })
    symlinkSync(join(root, 'secret.bin'), join(folder, 'onnx/weights.bin'))
    const error = await refusal(folder)
    expect(error.message.replaceAll(folder, 'M')).toBe(
      `M/onnx/vision_model.onnx: external data: expected a file inside the model folder but received "weights.bin", a link to somewhere else. ${ESCAPE}`,
    )
  })
})

describe('scanning an ONNX file', () => {
  it('finds external data inside a branch of a loop as well', async () => {
    writeFakeModel(folder, { 'onnx/vision_model.onnx': externalTensorModel('/hidden', 'in a subgraph') })
    expect((await refusal(folder)).code).toBe('model.external-data')
  })

  it('accepts a model that has none', async () => {
    const empty = buildOnnxModel({ inputs: [], outputs: [], initializers: [], nodes: [] })
    writeFakeModel(folder, { 'onnx/vision_model.onnx': empty })
    expect((await readModelFolder(folder)).visionData).toEqual([])
  })
})

async function refusal(path: string): Promise<ModelError> {
  try {
    await readModelFolder(path)
  } catch (error) {
    if (error instanceof ModelError) return error
    throw error
  }
  throw new Error('the folder was not refused')
}
