import { describe, expect, it } from 'vitest'
import { oddsRatio } from '../../../src/audit/statistics/odds-ratio.js'
import { CLOSED_FORM, expectClose, referenceRows } from './reference-rows.js'
import type { TwoProportions } from './reference-rows.js'

describe('oddsRatio', () => {
  it.each(referenceRows<TwoProportions>('odds'))('agrees with 50-digit arithmetic: $input', ({ input, expected }) => {
    const { value, interval } = oddsRatio(input.group, input.reference, input.alpha)
    expectClose(value, expected.value, CLOSED_FORM)
    expectClose(interval.low, expected.low, CLOSED_FORM)
    expectClose(interval.high, expected.high, CLOSED_FORM)
  })
  it('gives the published values', () => {
    // statsmodels 0.13.5 Table2x2, as printed in the specification, A2
    const { value, interval } = oddsRatio({ count: 56, total: 70 }, { count: 48, total: 80 })
    expectClose(value, 2.66666667, 1e-8)
    expectClose(interval.low, 1.27621787, 1e-8)
    expectClose(interval.high, 5.5720197, 1e-8)
  })
  it.each([
    [0, 5],
    [5, 1],
  ])('refuses an empty cell (%i and %i of 5)', (a, b) =>
    expect(() => oddsRatio({ count: a, total: 5 }, { count: b, total: 5 })).toThrow(
      new RangeError(`oddsRatio expected four cells above 0 but received ${a}, ${5 - a}, ${b} and ${5 - b}`),
    ),
  )
  it('refuses a side without images', () => {
    const message = 'oddsRatio expected a total of at least one observation but received 0'
    expect(() => oddsRatio({ count: 0, total: 0 }, { count: 1, total: 2 })).toThrow(message)
    expect(() => oddsRatio({ count: 1, total: 2 }, { count: 0, total: 0 })).toThrow(message)
  })
})
