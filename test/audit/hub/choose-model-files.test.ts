import { describe, expect, it } from 'vitest'
import { chooseModelFiles } from '../../../src/audit/hub/choose-model-files.js'
import type { Repository } from '../../../src/audit/types/pull.js'

const SETTINGS = ['README.md', 'config.json', 'preprocessor_config.json', 'tokenizer.json', 'tokenizer_config.json']
/** As Xenova/clip-vit-base-patch32 is laid out. */
const XENOVA = [
  ...SETTINGS,
  ...['.gitattributes', 'vocab.json', 'merges.txt', 'quantize_config.json', 'special_tokens_map.json'],
  ...['', '_fp16', '_quantized'].flatMap((suffix) => [`onnx/model${suffix}.onnx`, `onnx/text_model${suffix}.onnx`, `onnx/vision_model${suffix}.onnx`]), // prettier-ignore
]

function choose(paths: readonly string[], more: Partial<Parameters<typeof chooseModelFiles>[1]> = {}): string[] {
  const files = paths.map((path) => ({ path, bytes: 1, checksum: { kind: 'git-sha1', hex: '' } as const }))
  const repository: Repository = { kind: 'model', endpoint: 'https://hub.test', id: 'org/name', asked: 'main', revision: '0'.repeat(40), licence: null, isGated: false, files, parts: [] } // prettier-ignore
  return chooseModelFiles(repository, { suffix: '', dtype: 'fp32', withWeights: false, ...more }).map(
    ({ path }) => path,
  )
}

describe('chooseModelFiles', () => {
  it('takes settings, tokenizer, terms and both encoders of one precision', () => {
    const own = [...SETTINGS, 'special_tokens_map.json']
    expect(choose(XENOVA).sort()).toEqual([...own, 'onnx/text_model.onnx', 'onnx/vision_model.onnx'].sort())
    const fp16 = choose(XENOVA, { suffix: '_fp16', dtype: 'fp16' })
    expect(fp16.filter((path) => path.startsWith('onnx/'))).toEqual([
      'onnx/text_model_fp16.onnx',
      'onnx/vision_model_fp16.onnx',
    ])
  })

  it('takes the weights that lie beside an encoder, and not those of another', () => {
    const data = ['onnx/vision_model.onnx_data', 'onnx/vision_model.onnx_data_1', 'onnx/text_model.onnx.data']
    const others = ['onnx/vision_model_fp16.onnx_data', 'onnx/model.onnx_data', 'onnx/vision_model.onnx.bak']
    const chosen = choose([...XENOVA, ...data, ...others])
    expect(data.every((path) => chosen.includes(path))).toBe(true)
    expect(others.some((path) => chosen.includes(path))).toBe(false)
  })

  it('takes the combined model where the encoders are not apart', () => {
    expect(choose([...SETTINGS, 'onnx/model.onnx', 'onnx/model.onnx_data']).slice(-2)).toEqual([
      'onnx/model.onnx',
      'onnx/model.onnx_data',
    ])
  })

  it('takes an OpenCLIP export, and its licence text', () => {
    const paths = [
      'LICENSE',
      'open_clip_config.json',
      'tokenizer.json',
      'onnx/vision_model.onnx',
      'onnx/text_model.onnx',
    ]
    expect(choose(paths)).toEqual(paths)
  })

  it('takes model.safetensors only when asked', () => {
    expect(choose([...XENOVA, 'model.safetensors'])).not.toContain('model.safetensors')
    expect(choose([...XENOVA, 'model.safetensors'], { withWeights: true })).toContain('model.safetensors')
    expect(() => choose(XENOVA, { withWeights: true })).toThrow('Leave out --with-weights, and state the scale')
  })

  it('names the precisions that are there', () => {
    expect(() => choose(XENOVA, { suffix: '_q4', dtype: 'q4' })).toThrow(
      'It has other precisions (fp32, _fp16, _quantized): name one with --dtype.',
    )
  })

  it('says what is missing of a model in another layout', () => {
    expect(() => choose(['config.json', 'pytorch_model.bin'])).toThrow('It holds no ONNX export')
    expect(() => choose(XENOVA.filter((path) => path !== 'tokenizer.json'))).toThrow(
      'received one without tokenizer.json',
    )
  })
})
