import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newcombeInterval } from '../../../src/audit/statistics/newcombe-interval.js'
import { proportions } from './proportions.js'
import { CLOSED_FORM, expectClose, referenceRows } from './reference-rows.js'
import type { TwoProportions } from './reference-rows.js'

describe('newcombeInterval', () => {
  it.each(referenceRows<TwoProportions>('newcombe'))(
    'agrees with 50-digit arithmetic: $input',
    ({ input, expected }) => {
      const { low, high } = newcombeInterval(input.group, input.reference, input.alpha)
      expectClose(low, expected.low, CLOSED_FORM)
      expectClose(high, expected.high, CLOSED_FORM)
    },
  )
  it.each([
    // statsmodels 0.13.5 confint_proportions_2indep 'newcomb', as printed in the specification
    [56, 70, 48, 80, 0.052431472, 0.333872654],
    [9, 10, 3, 10, 0.170522724, 0.809017974],
    [10, 10, 0, 20, 0.679086037, 1],
    [0, 750, 0, 750, -0.005095844, 0.005095844],
    [767, 2085, 66, 1516, 0.300889758, 0.347175395],
  ])('of %i of %i against %i of %i is as published', (k1, n1, k2, n2, low, high) => {
    const interval = newcombeInterval({ count: k1, total: n1 }, { count: k2, total: n2 })
    expect(interval.low).toBeCloseTo(low, 9)
    expect(interval.high).toBeCloseTo(high, 9)
  })
  it('changes sign when group and reference are exchanged', () => {
    fc.assert(
      fc.property(proportions(2000), proportions(2000), (group, reference) => {
        const there = newcombeInterval(group, reference)
        const back = newcombeInterval(reference, group)
        expect(there.low).toBeCloseTo(-back.high, 13)
        expect(there.high).toBeCloseTo(-back.low, 13)
      }),
    )
  })
  it('refuses a side without images', () => {
    expect(() => newcombeInterval({ count: 0, total: 0 }, { count: 1, total: 2 })).toThrow(RangeError)
    expect(() => newcombeInterval({ count: 1, total: 2 }, { count: 0, total: 0 })).toThrow(RangeError)
  })
})
