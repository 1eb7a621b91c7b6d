import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scoreIntervalDifference } from '../../../src/audit/statistics/score-interval-difference.js'
import { proportions } from './proportions.js'
import { ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'
import type { TwoProportions } from './reference-rows.js'

describe('scoreIntervalDifference', () => {
  it.each(referenceRows<TwoProportions>('difference'))(
    'agrees with direct maximisation of the likelihood: $input',
    ({ input, expected }) => {
      const { low, high } = scoreIntervalDifference(input.group, input.reference, input.alpha)
      expectClose(low, expected.low, ROOT_FOUND)
      expectClose(high, expected.high, ROOT_FOUND)
    },
  )
  it.each([
    // Newcombe 1998a prints 0.0528 to 0.3382 for the first (method 6); all are worked in the specification, A2
    [56, 70, 48, 80, 0.052829713, 0.33817294],
    [9, 10, 3, 10, 0.170025016, 0.840649544],
    [0, 750, 0, 750, -0.005099227, 0.005099227],
    [0, 30, 224, 1556, -0.162284859, -0.030082993],
  ])('of %i of %i against %i of %i is as published', (k1, n1, k2, n2, low, high) => {
    const interval = scoreIntervalDifference({ count: k1, total: n1 }, { count: k2, total: n2 })
    expect(interval.low).toBeCloseTo(low, 9)
    expect(interval.high).toBeCloseTo(high, 9)
  })
  it('reaches 1 where all against none leaves nothing beyond', () =>
    expect(scoreIntervalDifference({ count: 10, total: 10 }, { count: 0, total: 20 }).high).toBe(1))
  it('lies within -1 and 1, holds the difference, and changes sign with the sides', () => {
    fc.assert(
      fc.property(proportions(12000), proportions(12000), (group, reference) => {
        const there = scoreIntervalDifference(group, reference, 0.05 / 14)
        const back = scoreIntervalDifference(reference, group, 0.05 / 14)
        const difference = group.count / group.total - reference.count / reference.total
        expect(-1 <= there.low && there.low <= difference && difference <= there.high && there.high <= 1).toBe(true)
        expect(there.low).toBeCloseTo(-back.high, 11)
        expect(there.high).toBeCloseTo(-back.low, 11)
      }),
    )
  })
  it('refuses a side without images', () => {
    const message = 'scoreIntervalDifference expected a total of at least one observation but received 0'
    expect(() => scoreIntervalDifference({ count: 0, total: 0 }, { count: 1, total: 2 })).toThrow(message)
    expect(() => scoreIntervalDifference({ count: 1, total: 2 }, { count: 0, total: 0 })).toThrow(message)
  })
})
