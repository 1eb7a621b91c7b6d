import { describe, expect, it } from 'vitest'
import { comparableStrata } from '../../../src/audit/statistics/comparable-strata.js'
import { mantelHaenszelOddsRatio } from '../../../src/audit/statistics/mantel-haenszel-odds-ratio.js'
import { TWO_STRATA, stratum } from './strata-samples.js'

describe('comparableStrata', () => {
  it('gives the strata that say something, with their common odds ratio', () => {
    const { tables, oddsRatio, emptyStrata } = comparableStrata('here', [stratum(0, 4, 0, 5), ...TWO_STRATA])
    expect(tables.map(({ a, b, c, d }) => [a, b, c, d])).toEqual([
      [10, 90, 5, 95],
      [20, 30, 10, 40],
    ])
    expect(oddsRatio).toBe(mantelHaenszelOddsRatio(TWO_STRATA).value)
    expect(emptyStrata).toEqual([0])
  })
  it('refuses fewer than two strata that say something', () => {
    for (const [strata, received] of [
      [[], 0],
      [[TWO_STRATA[0]], 1],
      [[TWO_STRATA[0], stratum(0, 4, 0, 5)], 1],
    ] as const) {
      expect(() => comparableStrata('breslowDay', strata)).toThrow(RangeError)
      expect(() => comparableStrata('breslowDay', strata)).toThrow(
        `breslowDay expected at least two strata with images on both sides, some counted and some not, but received ${received}`,
      )
    }
  })
  it('refuses a common odds ratio of 0 and an infinite one', () => {
    for (const [strata, received] of [
      [[stratum(0, 5, 1, 4), stratum(0, 6, 2, 4)], '0'],
      [[stratum(1, 4, 0, 5), stratum(2, 0, 3, 6)], 'Infinity'],
    ] as const) {
      expect(() => comparableStrata('here', strata)).toThrow(RangeError)
      expect(() => comparableStrata('here', strata)).toThrow(
        `here expected a common odds ratio above 0 and finite but received ${received}`,
      )
    }
    expect(() => comparableStrata('here', [stratum(0, 5, 1, 4), stratum(1, 4, 0, 5)])).not.toThrow()
  })
})
