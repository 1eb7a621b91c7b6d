import { describe, expect, it } from 'vitest'
import { margins } from '../../../src/audit/statistics/margins.js'

const margin = { difference: 0.01, ratio: 1.25 }

describe('margins', () => {
  it('are decided by the difference below 4 % and by the ratio above', () => {
    const low = margins({ referenceRate: 0.02, margin })
    expect(low.upper).toEqual({ rate: 0.03, slope: 1 })
    expect(low.lower).toEqual({ rate: 0.01, slope: 1 })
    const high = margins({ referenceRate: 0.1, margin })
    expect(high.upper).toEqual({ rate: 0.125, slope: 1.25 })
    expect(high.lower.rate).toBeCloseTo(0.08, 15)
    expect(high.lower.slope).toBe(0.8)
  })
  it('are as in the worked example of the specification', () => {
    // 1210/9745: 0.155208 and 0.099333
    const { lower, upper } = margins({ referenceRate: 1210 / 9745, margin })
    expect(upper.rate).toBeCloseTo(0.155208, 6)
    expect(lower.rate).toBeCloseTo(0.099333, 6)
  })
  it('say by a rate below 0 or above 1 that no disparity is possible', () => {
    expect(margins({ referenceRate: 0, margin }).lower.rate).toBe(-0.01)
    expect(margins({ referenceRate: 1, margin }).upper.rate).toBe(1.25)
  })
  it('widen where the group is part of the reference', () => {
    const { lower, upper } = margins({ referenceRate: 0.1, margin, share: 0.5 })
    // section 0: R(1-w)p/(1-Rw) and (1-w)p/(R-w)
    expect(upper.rate).toBeCloseTo((1.25 * 0.5 * 0.1) / (1 - 1.25 * 0.5), 14)
    expect(lower.rate).toBeCloseTo((0.5 * 0.1) / (1.25 - 0.5), 14)
    expect(margins({ referenceRate: 0.01, margin, share: 0.5 }).upper.rate).toBeCloseTo(0.03, 14)
  })
  it('have no upper end where the group is nearly everyone, at any rate', () => {
    expect(margins({ referenceRate: 0.1, margin, share: 0.85 }).upper.rate).toBe(Infinity)
    expect(margins({ referenceRate: 0, margin, share: 0.85 }).upper.rate).toBe(Infinity)
  })
  it.each([-0.1, 1.1, NaN])('refuse a reference rate of %s', (referenceRate) =>
    expect(() => margins({ referenceRate, margin })).toThrow(
      new RangeError(`margins expected a reference rate from 0 to 1 but received ${referenceRate}`),
    ),
  )
})
