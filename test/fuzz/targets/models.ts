import sharp from 'sharp'
import { decodeImage } from '../../../src/audit/model/decode-image.js'
import { DEFAULT_IMAGE_LIMITS } from '../../../src/audit/model/image-limits.js'
import { readOnnxScalars } from '../../../src/audit/model/onnx-scalars.js'
import { buildOnnxModel } from '../../../src/audit/model/onnx-graph.js'
import { proposePreprocessor } from '../../../src/audit/model/open-clip-config.js'
import { readModelFolder } from '../../../src/audit/model/read-model-folder.js'
import { readPreprocessing } from '../../../src/audit/model/read-preprocessing.js'
import { scanOnnxFile } from '../../../src/audit/model/scan-onnx-file.js'
import { isAnimatedPng, isCutShort, sniffFormat } from '../../../src/audit/model/sniff-format.js'
import { openTokeniser } from '../../../src/audit/model/tokenise.js'
import { externalTensorModel } from '../../audit/model/broken-model-files.js'
import { fakePreprocessor, fakeText, fakeTokenizer, fakeVision, writeFakeModel } from '../../audit/model/fake-model.js'
import { drawnImage } from '../../audit/model/drawn-image.js'
import { jsonSeeds } from '../one-wrong.js'
import { hold } from '../target.js'
import type { FuzzTarget } from '../target.js'

const CONFIG = {
  model_type: 'clip',
  text_config: { max_position_embeddings: 16, model_type: 'clip_text_model', pad_token_id: 1 },
}
const TOKENIZER_CONFIG = {
  pad_token: '<end>',
  eos_token: '<end>',
  unk_token: { content: '<unk>' },
  model_max_length: 77,
}
const OPEN_CLIP = { model_cfg: { vision_cfg: { image_size: 224 } }, preprocess_cfg: { size: [224, 224], mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5], interpolation: 'bicubic', resize_mode: 'squash' } } // prettier-ignore
const LARGEST_ANIMATION = 64 * 64 * 3

const onnxSeeds = (): Uint8Array[] => [
  fakeVision(),
  fakeText(),
  externalTensorModel('weights.bin'),
  externalTensorModel('../outside.bin'),
  buildOnnxModel({
    inputs: [{ name: 'x', type: 'float32', shape: ['n', 4] }],
    outputs: [{ name: 'y', type: 'float32', shape: ['n', 4] }],
    initializers: [{ name: 'model.logit_scale', type: 'float32', dims: [1], data: Float32Array.of(4.6) }],
    nodes: [
      { op: 'Cast', inputs: ['model.logit_scale'], outputs: ['c'], attributes: { to: { int: 1 } } },
      { op: 'Exp', inputs: ['c'], outputs: ['e'] },
      { op: 'Mul', inputs: ['x', 'e'], outputs: ['y'] },
    ],
  }),
]

async function imageSeeds(): Promise<Uint8Array[]> {
  const { rgb, width, height } = drawnImage('rings', 20, 16, 1)
  const raw = sharp(rgb, { raw: { width, height, channels: 3 } })
  return Promise.all([
    raw.clone().jpeg({ quality: 60 }).toBuffer(),
    raw
      .clone()
      .jpeg({ progressive: true })
      .withExif({ IFD0: { Copyright: 'drawn' } })
      .toBuffer(),
    raw.clone().toColourspace('cmyk').jpeg().toBuffer(),
    raw.clone().greyscale().jpeg().toBuffer(),
    raw.clone().png().toBuffer(),
    raw.clone().png({ palette: true }).toBuffer(),
    raw.clone().ensureAlpha(0.5).png({ progressive: true }).toBuffer(),
    raw.clone().toColourspace('rgb16').png().toBuffer(),
    raw.clone().webp({ quality: 50 }).toBuffer(),
    raw.clone().webp({ lossless: true }).toBuffer(),
    raw.clone().ensureAlpha(0.5).webp().toBuffer(),
    raw.clone().gif().toBuffer(),
    raw.clone().tiff().toBuffer(),
    Promise.resolve(
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'),
    ),
  ])
}

export const MODEL_TARGETS: readonly FuzzTarget[] = [
  {
    name: 'onnx-scan',
    family: 'ONNX files',
    reads: ['src/audit/model/scan-onnx-file.ts', 'src/audit/model/onnx-bytes.ts'],
    seeds: onnxSeeds,
    run: ({ file, bytes }) => {
      const found = scanOnnxFile(file('model.onnx'))
      if (found.kind === 'onnx')
        hold(
          found.externalData.every((each) => each.length <= bytes.length),
          'a name longer than its file',
        )
    },
  },
  {
    name: 'onnx-scalars',
    family: 'ONNX files',
    reads: ['src/audit/model/onnx-scalars.ts', 'src/audit/model/onnx-bytes.ts', 'src/audit/model/decode-scalar.ts'],
    seeds: onnxSeeds,
    run: ({ file }) => {
      for (const { value } of readOnnxScalars(file('model.onnx'), ['logit_scale', 'logit_bias']).values())
        hold(typeof value === 'number', 'a constant that is no number')
    },
  },
  {
    name: 'model-folder',
    family: 'settings of models in JSON',
    reads: ['src/audit/model/read-model-folder.ts', 'src/audit/model/model-files.ts', 'src/audit/model/read-logits.ts', 'src/audit/model/family.ts'], // prettier-ignore
    seeds: () => [
      ...jsonSeeds([CONFIG], 40),
      Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n'),
    ],
    run: async ({ bytes, folder }) => readModelFolder(writeFakeModel(folder, { 'config.json': bytes })),
  },
  {
    name: 'model-lfs-pointer',
    family: 'settings of models in JSON',
    reads: ['src/audit/model/model-files.ts', 'src/audit/model/scan-onnx-file.ts'],
    seeds: () => [
      ...onnxSeeds(),
      Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n'),
    ],
    run: async ({ bytes, folder }) => readModelFolder(writeFakeModel(folder, { 'onnx/text_model.onnx': bytes })),
  },
  {
    name: 'preprocessing',
    family: 'settings of models in JSON',
    reads: [
      'src/audit/model/read-preprocessing.ts',
      'src/audit/model/read-sizing.ts',
      'src/audit/model/preprocessing-reader.ts',
    ],
    seeds: () => jsonSeeds([fakePreprocessor(), { ...fakePreprocessor(), size: { width: 8, height: 8 }, do_center_crop: false, rescale_factor: 1 / 255 }], 60), // prettier-ignore
    run: ({ text }) => {
      const json = objectOf(text())
      if (json === null) return
      const { width, height, mean, std } = readPreprocessing(json, 'preprocessor_config.json')
      hold(
        [width, height].every((side) => Number.isSafeInteger(side) && side > 0),
        'a side that is none',
      )
      hold(
        [...mean, ...std].every(Number.isFinite) && std.every((each) => each !== 0),
        'a mean or deviation that is none',
      )
    },
  },
  {
    name: 'open-clip-config',
    family: 'settings of models in JSON',
    reads: ['src/audit/model/open-clip-config.ts'],
    seeds: () => jsonSeeds([OPEN_CLIP], 60),
    run: ({ text }) => {
      const json = objectOf(text())
      if (json !== null) proposePreprocessor(json)
    },
  },
  {
    name: 'tokenizer',
    family: 'settings of models in JSON',
    reads: ['src/audit/model/tokenise.ts', 'src/audit/model/context-length.ts'],
    seeds: () => jsonSeeds([{ tokenizer: fakeTokenizer(), tokenizerConfig: TOKENIZER_CONFIG, config: CONFIG }], 80),
    run: async ({ text }) => {
      const given = objectOf(text())
      const part = (name: string) => (given === null ? null : objectOf(JSON.stringify(given[name]) ?? ''))
      const [tokenizer, tokenizerConfig, config] = [part('tokenizer'), part('tokenizerConfig'), part('config')]
      if (tokenizer === null || tokenizerConfig === null || config === null) return
      const { tokenise } = await openTokeniser({ folder: '/model', config, tokenizer, tokenizerConfig }, null)
      const { ids, length } = tokenise('a photo of a house')
      hold(length === ids.length && ids.every(Number.isInteger), 'tokens that are none')
    },
  },
  {
    name: 'image-bytes',
    family: 'images',
    reads: ['src/audit/model/decode-image.ts', 'src/audit/model/sniff-format.ts'],
    seeds: imageSeeds,
    run: async ({ bytes }) => {
      const sniffed = sniffFormat(bytes)
      isAnimatedPng(bytes)
      if (sniffed.kind === 'allowed') isCutShort(bytes, sniffed.format)
      const limits = { ...DEFAULT_IMAGE_LIMITS, maximumPixels: 1_000_000 }
      const decoded = await decodeImage(bytes, limits)
      if (!('rgb' in decoded)) return
      hold(decoded.rgb.length === decoded.width * decoded.height * 3, 'other pixels than the size promises')
      hold(decoded.rgb.length <= 3 * limits.maximumPixels, `more pixels than are allowed (${LARGEST_ANIMATION})`)
    },
  },
]

function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : null // the check itself
  } catch {
    return null // the reader of JSON files refuses it: target model-folder
  }
}
