import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { ModelError } from '../../src/audit/errors.js'
import { runModelInspect, writeProposedPreprocessor } from '../../src/audit/run-model-inspect.js'
import { describeModelInspection } from '../../src/cli/describe-model-inspect.js'
import { safetensorsOf } from './model/broken-model-files.js'
import { fakePreprocessor, fakeText, fakeVision, SIDE, writeFakeModel } from './model/fake-model.js'
import type { FakeFiles } from './model/fake-model.js'

const POINTER = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 351681234\n'
const MOBILE_CLIP = {
  model_cfg: { embed_dim: 4, vision_cfg: { image_size: SIDE }, text_cfg: { context_length: 16 } },
  preprocess_cfg: { mean: [0, 0, 0], std: [1, 1, 1], interpolation: 'bilinear', resize_mode: 'shortest' },
}

const made: string[] = []
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'probity-inspect-'))
  made.push(folder)
})
afterAll(() => made.forEach((path) => rmSync(path, { recursive: true })))

const inspect = (files: FakeFiles = {}) => runModelInspect(writeFakeModel(folder, files))
const told = async (files: FakeFiles = {}): Promise<string> =>
  describeModelInspection(await inspect(files)).replaceAll(folder, 'M')

describe('what is told of a folder that can be used', () => {
  it('is all of it, in plain words', async () => {
    const text = await told({ 'onnx/vision_model_fp16.onnx': fakeVision(), 'onnx/model.onnx': 'not looked at' })
    expect(text.split('\n').slice(1)).toEqual([
      '  Family          CLIP (model_type clip)',
      '  Encoders        onnx/vision_model.onnx and onnx/text_model.onnx (fp32)',
      '  Precisions      fp32 (--dtype); in one file: fp32; image encoder alone: fp16',
      '  Vectors         4 numbers',
      '  Images          bicubic to shortest edge 8, crop centre 8 x 8; mean 0.5 0.5 0.5, standard deviation 0.5 0.5 0.5',
      '  Texts           WordPiece tokenizer; capitals are made small; prompts of at most 16 tokens; padded with 2; ids int64, without an attention mask',
      '  Batches         any number of images, each with the same vector alone and among others; any number of texts, each with the same vector alone and among others',
      '  Probabilities   a softmax over the label set; logit scale not in the export: decisions stand, probabilities are left out; state what was trained with --logit-scale',
      '',
    ])
  })

  it('says of a SigLIP what makes its probabilities and where that stands', async () => {
    const files = { 'config.json': { model_type: 'siglip2', text_config: { max_position_embeddings: 64 } }, 'model.safetensors': safetensorsOf({ logit_scale: Math.log(117), logit_bias: -13 }) } // prettier-ignore
    expect(await told(files)).toContain('a sigmoid for each label alone; logit scale 117 and logit bias -13 from model.safetensors') // prettier-ignore
  })

  it('says that a batch is fixed, and that vectors depend on their neighbours', async () => {
    const text = await told({ 'onnx/vision_model.onnx': fakeVision({ isCentred: true }), 'onnx/text_model.onnx': fakeText({ batch: 2 }) }) // prettier-ignore
    expect(text).toContain('any number of images, but a vector depends on its neighbours, so they run one at a time; exactly 2 of the texts at a time') // prettier-ignore
  })
})

describe('a folder that cannot be used', () => {
  const DOWNLOAD = 'Download the file again.'
  const cases: [name: string, files: FakeFiles, at: string, cure: string][] = [
    ['lacks its tokenizer', { 'tokenizer.json': null }, 'tokenizer.json', 'A model folder has config.json, preprocessor_config.json, tokenizer.json, onnx/vision_model.onnx and onnx/text_model.onnx.'], // prettier-ignore
    ['has a pointer for weights', { 'onnx/vision_model.onnx': POINTER }, 'onnx/vision_model.onnx', 'Run "git lfs pull" in the model folder, or download the file itself.'], // prettier-ignore
    ['has an empty encoder', { 'onnx/text_model.onnx': '' }, 'onnx/text_model.onnx', DOWNLOAD],
    ['has only other precisions', { 'onnx/vision_model.onnx': null, 'onnx/text_model.onnx': null, 'onnx/vision_model_q4f16.onnx': fakeVision(), 'onnx/text_model_q4f16.onnx': fakeText(), 'onnx/model_int8.onnx': fakeVision() }, 'onnx/vision_model.onnx', 'This folder has int8, q4f16: say --dtype int8.'], // prettier-ignore
    ['has encoders of two precisions', { 'onnx/text_model.onnx': null, 'onnx/text_model_q4.onnx': fakeText() }, 'onnx/text_model.onnx', 'This folder has image encoders in fp32 and text encoders in q4; to mix them say --dtype vision=fp32,text=q4.'], // prettier-ignore
    ['has its encoders beside its config', { 'onnx/vision_model.onnx': null, 'onnx/text_model.onnx': null, 'vision_model.onnx': fakeVision(), 'text_model.onnx': fakeText() }, 'onnx/vision_model.onnx', 'Move the .onnx files, with the weights beside them, into a folder onnx/.'], // prettier-ignore
    ['has text for JSON', { 'config.json': 'model_type: clip' }, 'config.json', DOWNLOAD],
    ['takes patches', { 'preprocessor_config.json': { ...fakePreprocessor(), max_num_patches: 256 } }, 'preprocessor_config.json', 'Take an export of fixed resolution: NaFlex models of SigLIP 2 take patches, which Probity does not make.'], // prettier-ignore
    ['names no padding token', { 'tokenizer_config.json': {} }, 'tokenizer_config.json', 'Add pad_token as the model was trained (CLIP: "<|endoftext|>").'], // prettier-ignore
    ['has its encoders exchanged', { 'onnx/vision_model.onnx': fakeText(), 'onnx/text_model.onnx': fakeVision() }, 'onnx/vision_model.onnx', 'Export the encoder again, or check that the two encoder files were not exchanged.'], // prettier-ignore
    ['has a broken scale', { 'model.safetensors': safetensorsOf({ logit_scale: 1000 }) }, 'model.safetensors', 'Export the model again.'], // prettier-ignore
    ['came from OpenCLIP', { 'preprocessor_config.json': null, 'open_clip_config.json': MOBILE_CLIP }, 'preprocessor_config.json', 'open_clip_config.json says how: "probity model inspect <folder> --write-preprocessor" writes it from there, for you to look at.'], // prettier-ignore
  ]
  it.each(cases)('because it %s is told the one cure', async (_, files, at, cure) => {
    const seen = await inspect(files)
    expect(seen.isUsable).toBe(false)
    expect(seen.problems.map((problem) => problem.at.slice(folder.length + 1))).toContain(at)
    expect([...new Set(seen.problems.map(({ hint }) => hint))]).toEqual([cure])
    expect(cure).not.toContain('\n')
  })

  it('is told everything that is wrong at once, and what was found all the same', async () => {
    const text = await told({ 'preprocessor_config.json': { size: 7 }, 'tokenizer.json': '[]', 'onnx/text_model.onnx': POINTER }) // prettier-ignore
    expect(text).toMatch(/^probity-inspect-\S+: cannot be used as it is\n/)
    for (const part of [
      'resample: expected',
      'M/tokenizer.json',
      'git-lfs pointer',
      'What was found:',
      'Family          CLIP',
    ])
      expect(text.replaceAll('M/preprocessor_config.json: resample\n    expected', 'resample: expected')).toContain(
        part,
      )
  })

  it('that is not there is said once', async () => {
    const seen = await runModelInspect(join(folder, 'nowhere'))
    expect(seen.problems.map(({ code }) => code)).toEqual(['model.folder-missing'])
  })
})

describe('the preprocessor that OpenCLIP stands for', () => {
  const openClip = (preprocess: object) => ({
    'preprocessor_config.json': null,
    'open_clip_config.json': { ...MOBILE_CLIP, preprocess_cfg: preprocess },
  })

  it('is shown, written when asked, and makes the folder usable', async () => {
    const seen = await inspect(openClip(MOBILE_CLIP.preprocess_cfg))
    expect(seen.proposedPreprocessor).toMatchObject({
      file: {
        size: { shortest_edge: SIDE },
        resample: 2,
        do_center_crop: true,
        image_mean: [0, 0, 0],
        image_std: [1, 1, 1],
      },
      assumed: [],
    })
    const at = await writeProposedPreprocessor(seen)
    expect(JSON.parse(readFileSync(at, 'utf8'))).toEqual(seen.proposedPreprocessor?.file)
    const after = await runModelInspect(folder)
    expect([after.isUsable, after.preprocessing?.resample]).toEqual([true, 'bilinear'])
    await expect(writeProposedPreprocessor(after)).rejects.toThrow(ModelError)
  })

  it('of a SigLIP squashes, and names what it had to take from the defaults of OpenCLIP', async () => {
    const { proposedPreprocessor } = await inspect(openClip({ resize_mode: 'squash', mean: [0.5, 0.5, 0.5] }))
    expect(proposedPreprocessor).toMatchObject({
      file: { size: { height: SIDE, width: SIDE }, resample: 3, do_center_crop: false },
      assumed: ['std', 'interpolation'],
    })
  })

  it.each([
    [{ resize_mode: 'longest' }, 'resize_mode "longest"'],
    [{ interpolation: 'random' }, 'interpolation "random"'],
    [{ size: [8, 12] }, 'size 8 x 12 cropped from the shortest edge'],
  ])('of %j is refused: it has no equal', async (preprocess, refused) => {
    const seen = await inspect(openClip(preprocess))
    expect(seen.proposedPreprocessor).toMatchObject({ file: null, refused })
    await expect(writeProposedPreprocessor(seen)).rejects.toThrow(`but received ${refused}`)
  })
})
