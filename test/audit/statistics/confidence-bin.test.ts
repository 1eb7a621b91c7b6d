import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { confidenceBin } from '../../../src/audit/statistics/confidence-bin.js'

describe('confidenceBin', () => {
  it('takes bins as (low, high], and 0 into the first', () => {
    expect([0, 0.05, 0.1, 0.1000001, 0.7, 0.9, 1].map((p) => confidenceBin(p, 10))).toEqual([0, 0, 0, 1, 6, 8, 9])
    expect([0.3, 0.6, 0.30000000000000004].map((p) => confidenceBin(p, 10))).toEqual([2, 5, 3])
  })

  it('always holds the probability between its edges', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 100 }), (p, bins) => {
        const bin = confidenceBin(p, bins)
        expect(p <= (bin + 1) / bins && (bin === 0 || p > bin / bins)).toBe(true)
      }),
    )
  })

  it('refuses what is no probability', () => {
    expect(() => confidenceBin(NaN, 10)).toThrow(/probability from 0 to 1 but received NaN/)
    expect(() => confidenceBin(0.5, 0)).toThrow(/bins from 1 but received 0/)
  })
})
