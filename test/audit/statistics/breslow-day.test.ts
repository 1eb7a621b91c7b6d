import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breslowDay } from '../../../src/audit/statistics/breslow-day.js'
import type { Stratum } from '../../../src/audit/statistics/fourfold-tables.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'
import { TWO_STRATA, complemented, exchanged, strataSamples, stratum } from './strata-samples.js'

describe('breslowDay', () => {
  it.each(referenceRows<{ strata: Stratum[] }>('breslow-day'))(
    'agrees with statsmodels and fitted cells in 50 digits: $expected',
    ({ input, expected }) => {
      const result = breslowDay(input.strata)
      expectClose(result.statistic, expected.statistic, ROOT_FOUND)
      expectClose(result.p, expected.p, ROOT_FOUND)
      expectClose(result.tarone, expected.tarone, ROOT_FOUND)
      expectClose(result.taroneP, expected.taroneP, ROOT_FOUND)
      expect(result.degreesOfFreedom).toBe(expected.degreesOfFreedom)
      expectClose(result.smallestExpected, expected.smallestExpected, ROOT_FOUND)
    },
  )
  it('is as the specification prints', () => {
    // specification, A4
    const { statistic, p, tarone, taroneP } = breslowDay(TWO_STRATA)
    expectClose(statistic, 0.10309789, 1e-7)
    expectClose(p, 0.748143, 1e-6)
    expectClose(tarone, 0.1030093, 1e-6)
    expectClose(taroneP, 0.748248, 1e-6)
  })
  it('lists strata that say nothing, and is as without them', () => {
    const empty = [stratum(7, 3, 0, 0), stratum(0, 9, 0, 8)]
    expect(breslowDay([empty[0], ...TWO_STRATA, empty[1]])).toEqual({ ...breslowDay(TWO_STRATA), emptyStrata: [0, 3] })
  })
  it('finds effects that point opposite ways', () => {
    const { taroneP, degreesOfFreedom } = breslowDay([stratum(40, 60, 10, 90), stratum(10, 90, 40, 60)])
    expect(taroneP).toBeLessThan(1e-9)
    expect(degreesOfFreedom).toBe(1)
  })
  it('does not change when strata change places, when group and reference do, or counted and other images', () => {
    fc.assert(
      fc.property(strataSamples(1000), (strata) => {
        const { statistic, tarone } = breslowDay(strata)
        for (const other of [[...strata].reverse(), exchanged(strata), complemented(strata)]) {
          const result = breslowDay(other)
          expect(Math.abs(result.statistic - statistic)).toBeLessThanOrEqual(1e-9 * (statistic + 1e-9))
          expect(Math.abs(result.tarone - tarone)).toBeLessThanOrEqual(1e-9 * (statistic + 1e-9))
        }
      }),
    )
  })
  it('takes nothing or little off by Tarone’s correction', () => {
    fc.assert(
      fc.property(strataSamples(300), (strata) => {
        const { statistic, tarone, p, taroneP } = breslowDay(strata)
        expect(tarone).toBeGreaterThanOrEqual(0)
        expect(tarone).toBeLessThanOrEqual(statistic)
        expect(taroneP).toBeGreaterThanOrEqual(p)
      }),
    )
  })
  it('errs in about 5 % of samples where the odds ratio is the same in large strata', () => {
    const random = createRandom(3, 'breslow-day')
    const rates = [0.2, 0.3, 0.4]
    let rejected = 0
    for (let sample = 0; sample < 1000; sample++) {
      const strata = rates.map((rate) => {
        const odds = (3 * rate) / (1 - rate)
        return {
          group: { count: random.binomial(60, odds / (1 + odds)), total: 60 },
          reference: { count: random.binomial(150, rate), total: 150 },
        }
      })
      if (breslowDay(strata).taroneP <= 0.05) rejected++
    }
    expect(rejected / 1000).toBeGreaterThan(0.03)
    expect(rejected / 1000).toBeLessThan(0.07)
  })
  it('refuses strata that cannot be compared, in its own name', () =>
    expect(() => breslowDay([stratum(1, 2, 3, 4)])).toThrow('breslowDay expected at least two strata'))
})
