import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { highestToGeometricMean } from '../../../src/audit/statistics/highest-to-geometric-mean.js'
import type { Proportion } from '../../../src/audit/statistics/proportion.js'
import { CRIME, groupsOf, someGroups } from './group-samples.js'
import { CLOSED_FORM, expectClose, referenceRows } from './reference-rows.js'

describe('highestToGeometricMean', () => {
  it.each(referenceRows<Proportion[]>('highest-to-geometric-mean'))(
    'agrees with 50-digit arithmetic: $input',
    ({ input, expected }) => expectClose(highestToGeometricMean(input).value, expected.value, CLOSED_FORM),
  )
  it('is as published', () => expectClose(highestToGeometricMean(CRIME).value, 4.49614347, 1e-8)) // specification, A9
  it('is exactly 1 where all rates are equal', () =>
    expect(highestToGeometricMean(groupsOf([3, 6, 30], [10, 20, 100]))).toEqual({ value: 1, smoothed: false }))
  it('adds half an image to both sides of every group where one has none, and says so', () => {
    const { value, smoothed } = highestToGeometricMean(groupsOf([0, 4], [9, 9]))
    expect(smoothed).toBe(true)
    expectClose(value, 0.45 / Math.sqrt(0.05 * 0.45), CLOSED_FORM)
    expect(highestToGeometricMean(groupsOf([1, 4], [9, 9])).smoothed).toBe(false)
  })
  it('takes the highest smoothed rate, which may be of another group', () =>
    // 1 of 1 becomes 3/4, 99 of 100 becomes 99.5/101
    expectClose(
      highestToGeometricMean(groupsOf([1, 99, 0], [1, 100, 1])).value,
      99.5 / 101 / Math.cbrt((0.75 * 99.5 * 0.25) / 101),
      CLOSED_FORM,
    ))
  it('does not depend on the order of the groups, and is at least 1', () => {
    fc.assert(
      fc.property(someGroups(1000), (groups) => {
        const { value } = highestToGeometricMean(groups)
        expect(value).toBeGreaterThanOrEqual(1)
        expectClose(highestToGeometricMean([...groups].reverse()).value, value, CLOSED_FORM)
      }),
    )
  })
  it('refuses a single group', () =>
    expect(() => highestToGeometricMean(groupsOf([1], [2]))).toThrow(
      'highestToGeometricMean expected at least 2 groups',
    ))
})
