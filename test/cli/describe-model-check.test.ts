import { describe, expect, it } from 'vitest'
import type { ModelCheck } from '../../src/audit/run-model-check.js'
import { describeModelCheck } from '../../src/cli/describe-model-check.js'
import { SHA } from '../support/definitions.js'
import { factsOf, raceScene } from '../support/facts.js'

const facts = factsOf(raceScene([['A', 1, 40], ['B', 1, 40]])) // prettier-ignore
const [model] = facts.models
const [evidence] = facts.evidence
if (evidence.kind !== 'embeddings') throw new Error('the scene has a model')
const SIGNATURE = { inputs: [], outputs: [] }

const CHECK: ModelCheck = {
  model,
  preprocessing: evidence.preprocessing,
  vision: SIGNATURE,
  text: SIGNATURE,
  embeddedWith: evidence.embeddedWith[0],
  texts: [],
  images: [],
  similarities: [],
}
const TEXT = { text: 'a man', ids: [1, 5, 2], paddedLength: 77, padId: 0, fits: true, fragments: 0, embedding: null }
const IMAGE = {
  path: 'drawn.png',
  fault: null,
  sha256OfBytes: SHA,
  sha256OfPixels: SHA,
  width: 224,
  height: 224,
  flags: [],
  channels: [
    { mean: 0.1, std: 1 },
    { mean: -0.2, std: 0.5 },
    { mean: 0, std: 0.25 },
  ],
  embedding: { raw: [1], norm: 1 },
} as unknown as ModelCheck['images'][number] // statistics beyond mean and deviation are not printed

describe('describeModelCheck', () => {
  it('shows the model, its files, its preprocessing and what it runs on', () => {
    expect(describeModelCheck(CHECK)).toBe(
      [
        'Model a made-up model: usable',
        `  sha256 ${model.sha256}`,
        '  onnx/vision_model.onnx  1,234,567 bytes  aaaaaaaaaaaa',
        '  vectors of 8 numbers (fp32); logit scale unknown (not in the export)',
        '  an image alone and among others gives the same vector',
        'Preprocessing: bicubic to shortest side 224, crop 224 x 224, resize exact, EXIF ignored',
        'Runs on ONNX Runtime 1.0.0 with 2 threads, 32 images a call; libvips 8.0.0',
        '',
      ].join('\n'),
    )
  })

  it('says that images run one at a time where neighbours change a vector', () => {
    const text = describeModelCheck({ ...CHECK, model: { ...model, batchInvariant: false } })
    expect(text).toContain('gives different vectors, so images run one at a time')
  })

  it('shows the tokens of a text, and one that is too long', () => {
    const text = describeModelCheck({ ...CHECK, texts: [TEXT, { ...TEXT, text: 'long "one"', fits: false }] })
    expect(text).toContain('Text "a man"\n  3 tokens (padded to 77 with 0): 1 5 2\n')
    expect(text).toContain('Text "long \\"one\\""\n  3 tokens (too long: the context holds 77): 1 5 2\n')
  })

  it('shows the tensor of an image, and why one cannot be used', () => {
    const bad = { path: 'cut.jpg', fault: { code: 'image.truncated' as const, reason: 'the file ends early' } }
    const text = describeModelCheck({ ...CHECK, images: [IMAGE, bad] })
    expect(text).toContain('Image drawn.png\n  224 x 224 pixels after the crop')
    expect(text).toContain('0.1000 ± 1.0000, -0.2000 ± 0.5000, 0.0000 ± 0.2500')
    expect(text).toContain('Image cut.jpg\n  cannot be used: image.truncated, the file ends early\n')
  })

  it('shows cosines where there are images and texts, and none where one has no vector', () => {
    const full = { ...CHECK, images: [IMAGE], texts: [TEXT, TEXT], similarities: [[0.25, null]] }
    expect(describeModelCheck(full)).toContain('Cosines, one column per text in order:\n  drawn.png: 0.2500  none\n')
    expect(describeModelCheck({ ...full, texts: [] })).not.toContain('Cosines')
  })
})
