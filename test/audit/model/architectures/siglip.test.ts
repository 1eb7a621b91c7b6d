import { afterAll, describe, expect, it } from 'vitest'
import { safetensorsOf } from '../broken-model-files.js'
import { fakePreprocessor, fakeTokenizer, fakeVision, SIDE } from '../fake-model.js'
import { decide } from '../../../../src/audit/scoring/decide.js'
import { activationOf } from '../../../../src/audit/scoring/activation-of.js'
import { unitVector } from './plain.js'
import { cosine, FLOAT32, IMAGES, misfit, workshop } from './plain.js'
import { DIM, plainText, textTower } from './text-towers.js'

const { open, close } = workshop()
afterAll(close)

const SCALE = 117.330765
const BIAS = -12.932437 // both of the size that google/siglip-base-patch16-224 has
const IDS = [[3, 10, 2], [3, 11, 2]] // prettier-ignore
const TEXTS = ['a man', 'a woman']

/** No start token, no crop, no mask, `pooler_output`, 64 tokens: what an export of SigLIP looks like. */
function siglip(logits: Record<string, number> | null): Record<string, object | Uint8Array | null> {
  const preprocessor = Object.fromEntries(Object.entries(fakePreprocessor()).filter(([key]) => !key.includes('crop')))
  const tokenizer = fakeTokenizer()
  return {
    'config.json': { model_type: 'siglip', text_config: { model_type: 'siglip_text_model' } },
    'preprocessor_config.json': { ...preprocessor, size: { height: SIDE, width: SIDE }, image_processor_type: 'SiglipImageProcessor' }, // prettier-ignore
    'tokenizer.json': { ...tokenizer, post_processor: withoutStart(tokenizer['post_processor']) },
    'onnx/vision_model.onnx': fakeVision({ outputs: ['pooler_output'] }),
    'onnx/text_model.onnx': textTower({ positions: 64, output: 'pooler_output' }),
    'model.safetensors': logits === null ? null : safetensorsOf(logits),
  }
}

function withoutStart(processor: unknown): object {
  const { single, ...rest } = processor as { single: unknown[] }
  return { ...rest, single: single.slice(1) }
}

describe('a SigLIP export', () => {
  it('gives each text padded to 64 tokens the vector of plain arithmetic', async () => {
    const texts = await (await open(siglip(null))).openTexts()
    expect([texts.contextLength, texts.padId, texts.tokenise('a man').ids]).toEqual([64, 2, IDS[0]])
    const plain = IDS.flatMap((ids) => plainText(ids, { mask: false, length: 64, padId: 2 }))
    expect(misfit(await texts.embedTexts(TEXTS), plain)).toBeLessThan(FLOAT32)
  })

  it('gives the winner the probability sigmoid(scale x cosine + bias), with both from the weights', async () => {
    const model = await open(siglip({ logit_scale: Math.log(SCALE), logit_bias: BIAS }))
    expect(model.folder).toMatchObject({ activation: 'sigmoid', logitScaleReason: null, logitBiasReason: null })
    const { logitScale, logitBias } = model.folder
    expect(logitScale).toBeCloseTo(SCALE, 4)
    expect(logitBias).toBeCloseTo(BIAS, 5)
    const images = await model.embedPixels(IMAGES)
    const classes = IDS.map((ids) => plainText(ids, { mask: false, length: 64, padId: 2 }))
    const imageOf = (row: number): Float32Array => images.slice(row * DIM, (row + 1) * DIM)
    const rows = Int32Array.from(IMAGES.keys())
    const read = (): Promise<Float32Array> => Promise.resolve(Float32Array.from(IMAGES.flatMap((_, row) => unitVector(imageOf(row))))) // prettier-ignore
    const design = { labelSet: 'two', labels: 2, vectors: Float32Array.from(classes.flatMap(unitVector)) }
    const [decisions] = await decide({ dim: DIM, rows, read }, [design], {
      rows: IMAGES.length,
      multiply: model.similarities,
      logitScale,
      logitBias: logitBias ?? null,
    })
    for (const row of rows) {
      const cosines = classes.map((one) => cosine(imageOf(row), one))
      const best = Math.max(...cosines)
      expect(decisions.winner[row]).toBe(cosines.indexOf(best))
      expect(decisions.scores?.probability?.[row]).toBeCloseTo(1 / (1 + Math.exp(-(SCALE * best + BIAS))), 3)
    }
  })

  it('has no probabilities without its bias, and says which part is missing', async () => {
    const { folder } = await open(siglip({ logit_scale: Math.log(SCALE) }))
    expect(folder).toMatchObject({ activation: 'sigmoid', logitBias: null, logitBiasReason: 'not in the export' })
    expect(activationOf({ logitScale: folder.logitScale, logitBias: folder.logitBias ?? null })).toBeNull()
  })

  it('is told by the bias in its weights, whatever it calls itself', async () => {
    const files = { ...siglip({ logit_scale: 2, logit_bias: -10 }), 'config.json': { model_type: 'clip' } }
    expect((await open(files)).folder).toMatchObject({ activation: 'sigmoid', logitBias: -10 })
  })
})
