import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { doubleCorrectedVariance } from '../../../src/audit/statistics/double-corrected-variance.js'
import type { Proportion } from '../../../src/audit/statistics/proportion.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { CRIME, complements, groupsOf, meanOf, someGroups, standardError } from './group-samples.js'
import { CLOSED_FORM, expectClose, referenceRows } from './reference-rows.js'

function drawnVariances(rates: readonly number[], totals: readonly number[], audits: number): number[] {
  const random = createRandom(11)
  return Array.from({ length: audits }, () => {
    const counts = totals.map((total, group) => random.binomial(total, rates[group]))
    return doubleCorrectedVariance(groupsOf(counts, totals)).corrected
  })
}

describe('doubleCorrectedVariance', () => {
  it.each(referenceRows<Proportion[]>('double-corrected-variance'))(
    'agrees with exact fractions: $input',
    ({ input, expected }) => {
      const found = doubleCorrectedVariance(input)
      expectClose(found.naive, expected.naive, 1e-11) // its rates lie within 1e-6 of each other in one case
      expectClose(found.noise, expected.noise, CLOSED_FORM)
      const size = found.naive + found.noise // the difference carries the rounding of both
      expect(Math.abs(found.corrected - Number(expected.corrected))).toBeLessThan(CLOSED_FORM * size)
      expectClose(found.standardDeviation ** 2, Math.max(0, found.corrected), CLOSED_FORM)
    },
  )
  it('is as published', () => {
    // specification, A9
    const races = doubleCorrectedVariance(CRIME)
    expectClose(races.naive, 0.0135656177, 1e-8)
    expectClose(races.noise, 5.36625e-5, 1e-6)
    expectClose(races.corrected, 0.0135119552, 1e-8)
    expectClose(races.standardDeviation, 0.116240936, 1e-8)
    expectClose(doubleCorrectedVariance(groupsOf([12, 3, 0, 5, 2], [100, 40, 4, 60, 8])).corrected, 0.00222536, 3e-6)
  })
  it('is below 0, with a standard deviation of 0, where the rates differ by less than chance', () => {
    const { naive, noise, corrected, standardDeviation } = doubleCorrectedVariance(groupsOf([5, 5], [10, 10]))
    expect([naive, noise, corrected, standardDeviation]).toEqual([0, 0.25 / 9, -0.25 / 9, 0])
  })
  it('leaves out groups of one image', () =>
    expect(doubleCorrectedVariance(groupsOf([1, 5, 1, 0], [1, 10, 10, 1]))).toEqual(
      doubleCorrectedVariance(groupsOf([5, 1], [10, 10])),
    ))
  it('is right on average where the true rates are equal', () => {
    const drawn = drawnVariances([0.05, 0.05, 0.05, 0.05, 0.05], [40, 118, 300, 30, 750], 2500)
    expect(Math.abs(meanOf(drawn))).toBeLessThan(3 * standardError(drawn))
  })
  it('is right on average where the true rates differ', () => {
    const drawn = drawnVariances([0.05, 0.1, 0.15, 0.2], [40, 118, 300, 30], 2500)
    // variance of the four planted rates
    expect(Math.abs(meanOf(drawn) - 0.0125 / 3)).toBeLessThan(3 * standardError(drawn))
  })
  it('is the same of those counted and those not', () => {
    fc.assert(
      fc.property(someGroups(1000), (groups) => {
        fc.pre(groups.filter(({ total }) => total > 1).length > 1)
        const [there, back] = [doubleCorrectedVariance(groups), doubleCorrectedVariance(complements(groups))]
        expect(Math.abs(there.corrected - back.corrected)).toBeLessThan(CLOSED_FORM)
      }),
    )
  })
  it('refuses fewer than two groups of two images', () => {
    expect(() => doubleCorrectedVariance(groupsOf([1, 1], [2, 1]))).toThrow(
      'doubleCorrectedVariance expected at least 2 groups but received 1',
    )
    expect(() => doubleCorrectedVariance(groupsOf([1, 2], [2, 2]))).not.toThrow()
  })
  it('refuses a group without images', () =>
    expect(() => doubleCorrectedVariance(groupsOf([0, 1, 1], [0, 2, 2]))).toThrow(RangeError))
})
