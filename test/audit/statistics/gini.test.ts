import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gini } from '../../../src/audit/statistics/gini.js'
import type { Proportion } from '../../../src/audit/statistics/proportion.js'
import { CRIME, groupsOf, someGroups } from './group-samples.js'
import { CLOSED_FORM, expectClose, referenceRows } from './reference-rows.js'

describe('gini', () => {
  it.each(referenceRows<Proportion[]>('gini'))('agrees with exact fractions: $input', ({ input, expected }) => {
    expectClose(gini(input).value, expected.value, CLOSED_FORM)
    expectClose(gini(input).corrected, expected.corrected, CLOSED_FORM)
  })
  it('is as published', () => expectClose(gini(CRIME).value, 0.423246567, 1e-8)) // specification, A9
  it('is 0 where all rates are equal', () =>
    expect(gini(groupsOf([3, 6, 12], [12, 24, 48]))).toEqual({ value: 0, corrected: 0 }))
  it('reaches 1 when corrected, where one group has all', () =>
    expect(gini(groupsOf([0, 7, 0, 0], [5, 7, 9, 1]))).toEqual({ value: 0.75, corrected: 1 }))
  it('stays within its bounds and does not depend on the order of the groups', () => {
    fc.assert(
      fc.property(someGroups(1000), (groups) => {
        fc.pre(groups.some(({ count }) => count > 0))
        const { value, corrected } = gini(groups)
        expect(value).toBeGreaterThan(-CLOSED_FORM)
        expect(corrected).toBeLessThan(1 + CLOSED_FORM)
        expect(Math.abs(gini([...groups].reverse()).value - value)).toBeLessThan(CLOSED_FORM)
      }),
    )
  })
  it('refuses groups of which nobody is counted', () =>
    expect(() => gini(groupsOf([0, 0], [5, 7]))).toThrow(
      new RangeError('gini expected a rate above 0 but received none'),
    ))
  it('refuses a single group', () => expect(() => gini(groupsOf([1], [2]))).toThrow('gini expected at least 2 groups'))
})
