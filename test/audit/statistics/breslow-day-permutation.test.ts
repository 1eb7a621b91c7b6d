import { describe, expect, it } from 'vitest'
import { breslowDay } from '../../../src/audit/statistics/breslow-day.js'
import { breslowDayPermutation } from '../../../src/audit/statistics/breslow-day-permutation.js'
import type { Stratum } from '../../../src/audit/statistics/fourfold-tables.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'
import { TWO_STRATA, stratum } from './strata-samples.js'

function permuted(strata: readonly Stratum[], draws: number, seed = 1) {
  return breslowDayPermutation(strata, { draws, random: createRandom(seed) })
}

/** Three standard errors of a share found by `draws` draws. */
function error(share: number, draws: number): number {
  return 3 * Math.sqrt((share * (1 - share)) / draws)
}

describe('breslowDayPermutation', () => {
  it.each(referenceRows<{ strata: Stratum[] }>('breslow-day-permutation'))(
    'comes near the p over all tables with these margins: $expected',
    ({ input, expected }) => {
      const { statistic, p } = permuted(input.strata, 9999)
      expectClose(statistic, expected.statistic, ROOT_FOUND)
      expect(Math.abs(p - Number(expected.p))).toBeLessThan(error(Number(expected.p), 9999))
    },
  )
  it('has the statistic of Breslow-Day-Tarone, and nearly its p where strata are large', () => {
    const large = [stratum(60, 140, 30, 170), stratum(80, 120, 70, 130), stratum(50, 150, 40, 160)]
    const asymptotic = breslowDay(large)
    const { statistic, p } = permuted(large, 4999)
    expect(statistic).toBe(asymptotic.tarone)
    expect(Math.abs(p - asymptotic.taroneP)).toBeLessThan(0.03)
  })
  it('does not take a strong effect that is the same everywhere for a difference between strata', () => {
    // shuffling images within strata would: none of these odds ratios of 16 is near 1
    const same = [stratum(16, 4, 4, 16), stratum(8, 2, 2, 8), stratum(4, 1, 1, 4)]
    expect(permuted(same, 999).p).toBe(1)
    expect(permuted([...same, stratum(1, 4, 4, 1)], 999).p).toBeLessThan(0.01)
  })
  it('errs in at most about 5 % of samples of small strata with the same odds ratio', () => {
    const random = createRandom(6, 'breslow-day-permutation')
    const odds = 3 / 4 // three times the odds of a rate of 20 %
    let [rejected, samples] = [0, 0]
    while (samples < 300) {
      const strata = Array.from({ length: 6 }, () => ({
        group: { count: random.binomial(5, odds / (1 + odds)), total: 5 },
        reference: { count: random.binomial(20, 0.2), total: 20 },
      }))
      if (breslowDayPermutation(strata, { draws: 99, random }).p <= 0.05) rejected++
      samples++
    }
    expect(rejected / samples).toBeGreaterThan(0.01)
    expect(rejected / samples).toBeLessThan(0.09)
  })
  it('lists strata that say nothing, and is as without them', () => {
    const withEmpty = [TWO_STRATA[0], stratum(0, 9, 0, 8), TWO_STRATA[1]]
    expect(permuted(withEmpty, 99)).toEqual({ ...permuted(TWO_STRATA, 99), emptyStrata: [1] })
  })
  it('counts draws without a common odds ratio as alike as can be', () => {
    // by hand, odds ratio 1: 1 and 0 (4/9, seen) and 0 and 1 (1/9) reach the statistic; both 0 or both 1 (4/9) have no odds ratio
    const { statistic, p } = permuted([stratum(1, 0, 1, 1), stratum(0, 1, 1, 1)], 999)
    expect(statistic).toBeGreaterThan(0)
    expect(Math.abs(p - 5 / 9)).toBeLessThan(error(5 / 9, 999))
  })
  it('is never 0, and takes 9,999 draws unless told', () => {
    const opposite = [stratum(40, 0, 1, 40), stratum(1, 40, 40, 0)]
    expect(permuted(opposite, 1).p).toBe(0.5)
    expect(breslowDayPermutation(opposite, { random: createRandom(1) }).p).toBe(0.0001)
  })
  it('gives the same p again from the same seed, and moves with the seed', () => {
    const small = [stratum(1, 4, 2, 18), stratum(3, 7, 1, 9), stratum(0, 6, 2, 10)]
    expect(permuted(small, 199, 7)).toEqual(permuted(small, 199, 7))
    expect(new Set([1, 2, 3, 4].map((seed) => permuted(small, 199, seed).p)).size).toBeGreaterThan(1)
  })
  it('refuses a number of draws that is none, and strata that cannot be compared', () => {
    expect(() => permuted(TWO_STRATA, 0)).toThrow('breslowDayPermutation expected a whole number of draws from 1')
    expect(() => permuted([TWO_STRATA[0]], 9)).toThrow('breslowDayPermutation expected at least two strata')
  })
})
