import { describe, expect, it } from 'vitest'
import {
  featureSensitivitySchema,
  toFeatureSensitivity,
} from '../../../../src/audit/definitions/measures/feature-sensitivity.js'

const read = (written: object) =>
  toFeatureSensitivity(featureSensitivitySchema.parse({ kind: 'feature-sensitivity', ...written }))

describe('how a probe writes feature sensitivity', () => {
  it('has thirteen alterations where it names none, each with an id that says what it does', () => {
    expect(read({}).transforms.map(({ id }) => id)).toEqual([
      ...['blur-1', 'blur-2', 'blur-4', 'brightness-0.6', 'brightness-0.8', 'brightness-1.2', 'brightness-1.4'],
      ...['jpeg-75', 'jpeg-50', 'jpeg-25', 'grey', 'crop-0.9', 'crop-0.75'],
    ])
  })

  it('takes the alterations that it names, and leaves out what is empty', () => {
    const { transforms } = read({ blur: [3], brightness: [], jpeg: [], grey: false, crop: [0.5] })
    expect(transforms).toEqual([
      { id: 'blur-3', alter: 'blur', sigma: 3 },
      { id: 'crop-0.5', alter: 'crop', keep: 0.5 },
    ])
  })

  it('reads outcomes as outcome rates do, and asks nothing that is not written', () => {
    const union = { id: 'flagged', union: ['non-human', 'crime'] }
    expect(read({ outcomes: ['crime', union] })).toMatchObject({
      outcomes: [
        { id: 'crime', categories: ['crime'], isUnion: false },
        { id: 'flagged', categories: ['non-human', 'crime'], isUnion: true },
      ],
      attributes: [],
    })
  })

  it('refuses an outcome or an attribute twice: their tables could not be told apart', () => {
    expect(() => read({ outcomes: ['crime', 'crime'] })).toThrow('each outcome once')
    expect(() => read({ attributes: ['race', 'race'] })).toThrow('each attribute once')
  })
})
