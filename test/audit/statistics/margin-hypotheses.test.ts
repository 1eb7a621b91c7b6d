import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { marginHypotheses } from '../../../src/audit/statistics/margin-hypotheses.js'

const margin = { difference: 0.01, ratio: 1.25 }

describe('marginHypotheses', () => {
  it('is the margin itself against the rest', () =>
    expect(marginHypotheses(margin)).toEqual({ difference: 0.01, ratioAbove: 1.25, ratioBelow: 0.8 }))
  it('undoes the transformation from the rest to everyone', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.79, noNaN: true }), (share) => {
        const { difference, ratioAbove, ratioBelow } = marginHypotheses(margin, share)
        const toEveryone = (ratio: number) => ratio / (share * ratio + 1 - share)
        expect((1 - share) * difference).toBeCloseTo(0.01, 12)
        expect(toEveryone(ratioAbove)).toBeCloseTo(1.25, 12)
        expect(toEveryone(ratioBelow)).toBeCloseTo(0.8, 12)
      }),
    )
  })
  it('has no upper ratio where the group is so much of everyone that none is high enough', () =>
    expect(marginHypotheses(margin, 0.8).ratioAbove).toBe(Infinity))
  it('refuses margins that are none and shares outside 0 to 1', () => {
    expect(() => marginHypotheses({ difference: 0, ratio: 1.25 })).toThrow(
      new RangeError('marginHypotheses expected a difference above 0 and a ratio above 1 but received 0 and 1.25'),
    )
    expect(() => marginHypotheses({ difference: 0.01, ratio: 1 })).toThrow('but received 0.01 and 1')
    expect(() => marginHypotheses(margin, 1)).toThrow(
      new RangeError('marginHypotheses expected a share from 0 to below 1 but received 1'),
    )
    expect(() => marginHypotheses(margin, -0.1)).toThrow('but received -0.1')
  })
})
