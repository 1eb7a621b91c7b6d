import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Proportion } from '../../../src/audit/statistics/proportion.js'
import { highestToLowestRatio } from '../../../src/audit/statistics/highest-to-lowest-ratio.js'
import { CRIME, groupsOf, someGroups } from './group-samples.js'
import { CLOSED_FORM, expectClose, referenceRows } from './reference-rows.js'

describe('highestToLowestRatio', () => {
  it.each(referenceRows<Proportion[]>('rate-ratio'))('agrees with exact fractions: $input', ({ input, expected }) =>
    expectClose(highestToLowestRatio(input), expected.value, CLOSED_FORM),
  )
  it('is as published', () => expectClose(highestToLowestRatio(CRIME), 8.44976383, 1e-9)) // specification, A9
  it('is 1 where all rates are equal', () => expect(highestToLowestRatio(groupsOf([3, 6], [10, 20]))).toBe(1))
  it('does not depend on the order of the groups, and is at least 1', () => {
    fc.assert(
      fc.property(someGroups(1000), (groups) => {
        fc.pre(groups.every(({ count }) => count > 0))
        const value = highestToLowestRatio(groups)
        expect(value).toBeGreaterThanOrEqual(1)
        expect(highestToLowestRatio([...groups].reverse())).toBe(value)
      }),
    )
  })
  it('refuses a lowest rate of 0', () =>
    expect(() => highestToLowestRatio(groupsOf([1, 0], [2, 2]))).toThrow(
      new RangeError('highestToLowestRatio expected a lowest rate above 0 but received 0'),
    ))
  it('refuses a single group', () =>
    expect(() => highestToLowestRatio(groupsOf([1], [2]))).toThrow(
      'highestToLowestRatio expected at least 2 groups but received 1',
    ))
})
