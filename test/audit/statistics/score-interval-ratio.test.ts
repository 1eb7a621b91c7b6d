import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scoreIntervalRatio } from '../../../src/audit/statistics/score-interval-ratio.js'
import { proportions } from './proportions.js'
import { ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'
import type { TwoProportions } from './reference-rows.js'

describe('scoreIntervalRatio', () => {
  it.each(referenceRows<TwoProportions>('ratio'))(
    'agrees with direct maximisation of the likelihood: $input',
    ({ input, expected }) => {
      const { low, high } = scoreIntervalRatio(input.group, input.reference, input.alpha)
      expectClose(low, expected.low, ROOT_FOUND)
      expectClose(high, expected.high, ROOT_FOUND)
    },
  )
  it.each([
    // worked in the specification, A2; statsmodels 0.13.5 gives a wrong 1.3333 for the low end of the last
    [56, 70, 48, 80, 1.07904712, 1.67214536],
    [9, 10, 3, 10, 1.32795657, 8.69191495],
    [767, 2085, 66, 1516, 6.64189263, 10.774352],
    [10, 10, 5, 10, 1.24490667, 4.31587701],
    [0, 750, 5, 750, 0, 0.766579377],
  ])('of %i of %i against %i of %i is as published', (k1, n1, k2, n2, low, high) => {
    const interval = scoreIntervalRatio({ count: k1, total: n1 }, { count: k2, total: n2 })
    expectClose(interval.low, low, 5e-9)
    expectClose(interval.high, high, 5e-9)
  })
  it('has no upper end where nobody of the reference is counted', () => {
    const { low, high } = scoreIntervalRatio({ count: 5, total: 750 }, { count: 0, total: 750 })
    expect(low).toBeCloseTo(1.30449635, 8)
    expect(high).toBe(Infinity)
  })
  it('says nothing where nobody is counted at all', () =>
    expect(scoreIntervalRatio({ count: 0, total: 750 }, { count: 0, total: 750 })).toEqual({ low: 0, high: Infinity }))
  it('holds the ratio and inverts when the sides are exchanged', () => {
    fc.assert(
      fc.property(proportions(12000), proportions(12000), (group, reference) => {
        const there = scoreIntervalRatio(group, reference, 0.05 / 14)
        const back = scoreIntervalRatio(reference, group, 0.05 / 14)
        const ratio = group.count / group.total / (reference.count / reference.total)
        if (!Number.isNaN(ratio))
          expect(there.low * (1 - 1e-12) <= ratio && ratio <= there.high * (1 + 1e-12)).toBe(true)
        expectClose(there.low, 1 / back.high, ROOT_FOUND)
        expectClose(there.high, 1 / back.low, ROOT_FOUND)
      }),
    )
  })
  it('refuses a side without images', () => {
    const message = 'scoreIntervalRatio expected a total of at least one observation but received 0'
    expect(() => scoreIntervalRatio({ count: 0, total: 0 }, { count: 1, total: 2 })).toThrow(message)
    expect(() => scoreIntervalRatio({ count: 1, total: 2 }, { count: 0, total: 0 })).toThrow(message)
  })
})
