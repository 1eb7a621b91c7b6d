import { describe, expect, it } from 'vitest'
import { katzRatioInterval } from '../../../src/audit/statistics/katz-ratio-interval.js'
import { CLOSED_FORM, expectClose, referenceRows } from './reference-rows.js'
import type { TwoProportions } from './reference-rows.js'

describe('katzRatioInterval', () => {
  it.each(referenceRows<TwoProportions>('katz'))('agrees with 50-digit arithmetic: $input', ({ input, expected }) => {
    const { low, high } = katzRatioInterval(input.group, input.reference, input.alpha)
    expectClose(low, expected.low, CLOSED_FORM)
    expectClose(high, expected.high, CLOSED_FORM)
  })
  it('gives the published values', () => {
    // statsmodels 0.13.5, as printed in the specification, A2
    const { low, high } = katzRatioInterval({ count: 767, total: 2085 }, { count: 66, total: 1516 })
    expectClose(low, 6.62981709, 1e-8)
    expectClose(high, 10.7693029, 1e-8)
  })
  it('is a point where everybody is counted on both sides', () =>
    expect(katzRatioInterval({ count: 3, total: 3 }, { count: 5, total: 5 })).toEqual({ low: 1, high: 1 }))
  it('refuses a count of 0 instead of adding a half', () => {
    expect(() => katzRatioInterval({ count: 0, total: 5 }, { count: 1, total: 5 })).toThrow(
      new RangeError('katzRatioInterval expected counts above 0 on both sides but received 0 and 1'),
    )
    expect(() => katzRatioInterval({ count: 1, total: 5 }, { count: 0, total: 5 })).toThrow('but received 1 and 0')
  })
  it('refuses a side without images', () => {
    const message = 'katzRatioInterval expected a total of at least one observation but received 0'
    expect(() => katzRatioInterval({ count: 0, total: 0 }, { count: 1, total: 2 })).toThrow(message)
    expect(() => katzRatioInterval({ count: 1, total: 2 }, { count: 0, total: 0 })).toThrow(message)
  })
})
