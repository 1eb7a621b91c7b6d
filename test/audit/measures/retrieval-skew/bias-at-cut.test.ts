import { describe, expect, it } from 'vitest'
import { biasAtCut } from '../../../../src/audit/measures/retrieval-skew/bias-at-cut.js'

describe('biasAtCut', () => {
  it('is the first less the second, over both, with how many it rests on', () => {
    expect(biasAtCut(3, 1)).toEqual({ value: 0.5, of: 4 }) // measures.md B5: m m f m
    expect(biasAtCut(0, 5)).toEqual({ value: -1, of: 5 })
    expect(biasAtCut(2, 2)).toEqual({ value: 0, of: 4 })
  })

  it('is 0 where the top holds neither, which its 0 images tell from a balance', () =>
    expect(biasAtCut(0, 0)).toEqual({ value: 0, of: 0 }))
})
