import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Proportion } from '../../../src/audit/statistics/proportion.js'
import { rateGap } from '../../../src/audit/statistics/rate-gap.js'
import { CRIME, complements, groupsOf, someGroups } from './group-samples.js'
import { CLOSED_FORM, expectClose, referenceRows } from './reference-rows.js'

describe('rateGap', () => {
  it.each(referenceRows<Proportion[]>('rate-gap'))('agrees with exact fractions: $input', ({ input, expected }) => {
    const { value, highest, lowest } = rateGap(input)
    // a difference of two rates: its error is that of the larger one
    expect(Math.abs(value - Number(expected.value))).toBeLessThan(2 ** -52)
    expect([highest, lowest]).toEqual([expected.highest, expected.lowest])
  })
  it('is as published', () => expectClose(rateGap(CRIME).value, 0.324330087, 1e-8)) // specification, A9
  it('names the first of several highest and lowest groups', () => {
    expect(rateGap(groupsOf([1, 2, 4, 1, 2], [4, 4, 8, 4, 4]))).toEqual({ value: 0.25, highest: 1, lowest: 0 })
    expect(rateGap(groupsOf([0, 0, 0], [3, 9, 1]))).toEqual({ value: 0, highest: 0, lowest: 0 })
  })
  it('is the same of those counted and those not, highest and lowest exchanged', () => {
    fc.assert(
      fc.property(someGroups(1000), (groups) => {
        const [there, back] = [rateGap(groups), rateGap(complements(groups))]
        expect(Math.abs(there.value - back.value)).toBeLessThan(CLOSED_FORM)
        expect(there.value >= 0 && there.value <= 1).toBe(true)
        expect(back.highest).toBe(there.lowest)
      }),
    )
  })
  it('refuses a single group', () =>
    expect(() => rateGap(groupsOf([1], [2]))).toThrow('rateGap expected at least 2 groups'))
})
