import { describe, expect, it } from 'vitest'
import { readLocale } from '../../../../src/audit/report/locale.js'
import { numberWords } from '../../../../src/audit/report/numbers.js'
import { vectorLines } from '../../../../src/audit/report/view/vector-lines.js'
import type { VectorsSource } from '../../../../src/audit/types/vectors.js'

const locale = readLocale('en')
const SOURCE: VectorsSource = {
  model: 'a <b>\u202e',
  modelSha256: null,
  modelSha256Reason: 'not-stated',
  preprocessing: null,
  preprocessingReason: 'not-stated',
  sha256: 'c0ffee',
  files: [['images.npy', 'beef', 2048]],
  rows: 12_345,
  dim: 512,
  dtype: 'float16',
  normalised: { stated: null, shortest: 0.5, longest: 2 },
  joinedBy: 'id',
  texts: { kind: 'vectors', prompts: 21 },
  logitScale: null,
  logitScaleReason: 'not stated',
}
const lines = (parts: Partial<VectorsSource> = {}): string[] =>
  vectorLines({ ...SOURCE, ...parts }, { locale, numbers: numberWords(locale) })

describe('vectorLines', () => {
  it('says of everything that was not stated that it was not', () => {
    expect(lines()).toEqual([
      'Vectors of a <b>\\u202e, made elsewhere: 12,345 vectors of 512 numbers (float16), hash c0ffee',
      'Hash of the weights: not stated',
      'How the images were prepared: not stated',
      'Not stated whether they have length 1; those used have lengths from 0.5 to 2, and each was divided by its own',
      'Each vector belongs to the image that its id names',
      'Class vectors made elsewhere too, of 21 prompts',
      'Logit scale: not stated',
      'images.npy: beef (2,048 bytes)',
    ])
  })

  it('says what was stated as stated, and that positions were trusted', () => {
    const said = lines({
      modelSha256: 'abc',
      preprocessing: 'bicubic',
      normalised: { stated: true, shortest: 1, longest: 1 },
      joinedBy: 'order',
      texts: { kind: 'model', model: 'clip', sha256: 'def' },
      logitScale: 100,
      logitScaleReason: null,
    })
    expect(said.slice(1, 7)).toEqual([
      'Hash of the weights, as stated: abc',
      'Images prepared, as stated: bicubic',
      'Stated to have length 1; those used have lengths from 1 to 1',
      'The vectors are taken to be in the order of the label file, because the user said so: no id was compared',
      'Class vectors from the text encoder of clip, hash def',
      'Logit scale 100',
    ])
  })

  it('prints no length where no vector was used', () => {
    expect(lines({ normalised: { stated: true, shortest: null, longest: null } }).join(' ')).not.toContain('length')
  })
})
