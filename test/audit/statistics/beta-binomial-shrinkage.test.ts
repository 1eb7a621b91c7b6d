import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { betaBinomialLikelihood } from '../../../src/audit/statistics/beta-binomial-likelihood.js'
import { betaBinomialShrinkage } from '../../../src/audit/statistics/beta-binomial-shrinkage.js'
import type { Proportion } from '../../../src/audit/statistics/proportion.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { CRIME, complements, groupsOf, meanOf, someGroups } from './group-samples.js'
import { ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'

const alike = groupsOf([12, 3, 0, 5, 2], [100, 40, 4, 60, 8])

describe('betaBinomialShrinkage', () => {
  it.each(referenceRows<{ groups: Proportion[]; alpha: number }>('shrinkage'))(
    'agrees with the maximum found by scipy and the root of its slopes: $input',
    ({ input, expected }) => {
      const found = betaBinomialShrinkage(Object.freeze(input.groups), input.alpha)
      expectClose(found.mean, expected.mean, ROOT_FOUND)
      expectClose(found.strength, expected.strength, ROOT_FOUND)
      expect(found.complete).toBe(expected.strength === 1e6)
      for (const [group, { value, interval }] of found.groups.entries()) {
        expectClose(value, expected[`value${group}`], ROOT_FOUND)
        expectClose(interval.low, expected[`low${group}`], ROOT_FOUND)
        expectClose(interval.high, expected[`high${group}`], ROOT_FOUND)
      }
    },
  )
  it('is as published', () => {
    // specification, A9: found there by an optimiser, to about six digits
    const { mean, strength, complete, groups } = betaBinomialShrinkage(CRIME)
    expectClose(mean, 0.11428151, 1e-6)
    expectClose(strength, 13.041717, 1e-6)
    expectClose(groups[0].value, 0.059584, 1e-5)
    expectClose(groups[6].value, 0.366289, 2e-6)
    expect(complete).toBe(false)
  })
  it('pools completely where the groups differ by no more than chance: every value is the common rate', () => {
    const { strength, complete, groups } = betaBinomialShrinkage(alike)
    expect([strength, complete]).toEqual([1e6, true])
    for (const { value } of groups) expectClose(value, 22 / 212, 2e-5)
  })
  it('finds a spread that takes thousands of images to see', () => {
    // 20,000 images each; rates differ by 1.3 times the standard deviation of chance alone
    const close = groupsOf([9885, 9942, 10000, 10058, 10115], [20000, 20000, 20000, 20000, 20000])
    const { mean, strength, complete } = betaBinomialShrinkage(close)
    expect(complete).toBe(false)
    expect(strength).toBeGreaterThan(2e4)
    expect(strength).toBeLessThan(2e5)
    expectClose(mean, 0.5, ROOT_FOUND)
    const { value } = betaBinomialLikelihood(close)
    for (const factor of [0.9, 1.1]) expect(value(mean, strength)).toBeGreaterThan(value(mean, strength * factor))
  })
  it('pools completely where there is one image of each, which says nothing of their spread', () =>
    expect(betaBinomialShrinkage(groupsOf([1, 0, 0, 0, 1, 0], [1, 1, 1, 1, 1, 1])).complete).toBe(true))
  it('leaves rates nearly where they are if they lie as far apart as can be', () => {
    const { strength, complete, groups } = betaBinomialShrinkage(groupsOf([0, 90, 0, 80, 0], [90, 90, 80, 80, 70]))
    expect([strength, complete]).toEqual([0.1, false])
    expect(groups[0].value).toBeLessThan(0.001)
    expect(groups[1].value).toBeGreaterThan(0.998)
  })
  it('recovers planted mean and strength', () => {
    const random = createRandom(12)
    // Polya's urn: each image is flagged with the chance that those before it leave, so that groups follow Beta(3, 27)
    const planted = Array.from({ length: 400 }, () => {
      let count = 0
      for (let image = 0; image < 60; image++) if (random.uniform() < (3 + count) / (30 + image)) count++
      return { count, total: 60 }
    })
    const { mean, strength } = betaBinomialShrinkage(planted)
    expect(Math.abs(mean - 0.1)).toBeLessThan(0.01)
    expect(Math.abs(Math.log(strength / 30))).toBeLessThan(0.3)
  })
  it('draws every rate towards the mean, not beyond, and keeps it inside its interval', () => {
    fc.assert(
      fc.property(someGroups(60, 5), (groups) => {
        fc.pre(groups.some(({ count }) => count > 0) && groups.some(({ count, total }) => count < total))
        const { mean, groups: shrunken } = betaBinomialShrinkage(groups)
        shrunken.forEach(({ value, interval }, group) => {
          const own = groups[group].count / groups[group].total
          expect(value).toBeGreaterThanOrEqual(Math.min(own, mean) - 1e-12)
          expect(value).toBeLessThanOrEqual(Math.max(own, mean) + 1e-12)
          expect(interval.low < interval.high && interval.low >= 0 && interval.high <= 1).toBe(true)
        })
      }),
      { numRuns: 30 },
    )
  })
  it('does not depend on the order of the groups, and mirrors those counted and those not', () => {
    fc.assert(
      fc.property(someGroups(60, 5), (groups) => {
        fc.pre(groups.some(({ count }) => count > 0) && groups.some(({ count, total }) => count < total))
        const found = betaBinomialShrinkage(groups)
        const backwards = betaBinomialShrinkage([...groups].reverse())
        const mirrored = betaBinomialShrinkage(complements(groups))
        expectClose(backwards.mean, found.mean, 1e-7)
        found.groups.forEach(({ value }, group) => {
          expectClose(backwards.groups[groups.length - 1 - group].value, value, 1e-6)
          expectClose(1 - mirrored.groups[group].value, value, 1e-6)
        })
      }),
      { numRuns: 20 },
    )
  })
  it('narrows the interval with the error level, 5 % by default', () => {
    const at = (alpha?: number) => betaBinomialShrinkage(CRIME, alpha).groups[0].interval
    expect(at()).toEqual(at(0.05))
    expect(at(0.2).low).toBeGreaterThan(at().low)
    expect(at(0.2).high).toBeLessThan(at().high)
  })
  it('takes 126 groups in a moment', () => {
    const random = createRandom(3)
    const groups = Array.from({ length: 126 }, (_, group) => {
      const total = 20 + ((group * 37) % 136)
      return { total, count: random.binomial(total, 0.05 + 0.1 * random.uniform()) }
    })
    const { mean, groups: shrunken } = betaBinomialShrinkage(groups)
    expect(shrunken).toHaveLength(126)
    expect(Math.abs(mean - meanOf(groups.map(({ count, total }) => count / total)))).toBeLessThan(0.01)
  })
  it('refuses fewer than five groups', () => {
    expect(() => betaBinomialShrinkage(alike.slice(1))).toThrow(
      'betaBinomialShrinkage expected at least 5 groups but received 4',
    )
  })
  it('refuses groups of which nobody or everybody is counted', () => {
    const nobody = groupsOf([0, 0, 0, 0, 0], [5, 6, 7, 8, 9])
    for (const groups of [nobody, complements(nobody)]) {
      expect(() => betaBinomialShrinkage(groups)).toThrow(
        new RangeError('betaBinomialShrinkage expected somebody counted and somebody not but received no variation'),
      )
    }
    expect(() => betaBinomialShrinkage([{ count: 1, total: 5 }, ...nobody.slice(1)])).not.toThrow()
  })
  it('refuses an error level outside 0 to 1', () =>
    expect(() => betaBinomialShrinkage(alike, 1)).toThrow('betaBinomialShrinkage expected a level'))
})
