import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pairedChangeVariance } from '../../../src/audit/statistics/paired-change-variance.js'
import { pairedTotal } from '../../../src/audit/statistics/paired-counts.js'
import { pairedCounts } from './paired-samples.js'
import { CLOSED_FORM, expectClose } from './reference-rows.js'

describe('pairedChangeVariance', () => {
  it('is (b + c) / n^2 - (c - b)^2 / n^3', () => {
    expectClose(pairedChangeVariance({ both: 36, onlyFirst: 2, onlySecond: 12, neither: 0 }), 0.0048, CLOSED_FORM)
    fc.assert(
      fc.property(pairedCounts(1000), (counts) => {
        const { onlyFirst, onlySecond } = counts
        const total = pairedTotal(counts)
        const textbook = (onlyFirst + onlySecond) / total ** 2 - (onlySecond - onlyFirst) ** 2 / total ** 3
        expect(Math.abs(pairedChangeVariance(counts) - textbook)).toBeLessThanOrEqual(1e-15)
      }),
    )
  })
  it('is exactly 0 where no image changed, and where all changed in one direction', () => {
    for (const counts of [
      { both: 3, onlyFirst: 0, onlySecond: 0, neither: 4 },
      { both: 0, onlyFirst: 49, onlySecond: 0, neither: 0 },
      { both: 0, onlyFirst: 0, onlySecond: 49, neither: 0 },
    ]) {
      expect(pairedChangeVariance(counts)).toBe(0)
    }
  })
  it('is that of a coin where all images changed, as many each way', () =>
    expect(pairedChangeVariance({ both: 0, onlyFirst: 50, onlySecond: 50, neither: 0 })).toBeCloseTo(0.01, 15))
  it('refuses counts that are none', () =>
    expect(() => pairedChangeVariance({ both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 })).toThrow(
      'pairedChangeVariance expected at least one paired image',
    ))
})
