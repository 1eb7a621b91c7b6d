import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cochranMantelHaenszel } from '../../../src/audit/statistics/cochran-mantel-haenszel.js'
import type { Stratum } from '../../../src/audit/statistics/fourfold-tables.js'
import { pooledZ } from '../../../src/audit/statistics/pooled-z.js'
import { CLOSED_FORM, ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'
import { TWO_STRATA, complemented, exchanged, strataSamples, stratum } from './strata-samples.js'

describe('cochranMantelHaenszel', () => {
  it.each(referenceRows<{ strata: Stratum[] }>('cochran-mantel-haenszel'))(
    'agrees with R, statsmodels and mpmath, without and with continuity correction: $expected.statistic',
    ({ input, expected }) => {
      const plain = cochranMantelHaenszel(input.strata)
      expectClose(plain.statistic, expected.statistic, ROOT_FOUND)
      expectClose(plain.p, expected.p, ROOT_FOUND)
      const corrected = cochranMantelHaenszel(input.strata, { continuity: 0.5 })
      expectClose(corrected.statistic, expected.correctedStatistic, ROOT_FOUND)
      expectClose(corrected.p, expected.correctedP, ROOT_FOUND)
    },
  )
  it('is as the specification prints', () => {
    // specification, A4
    const plain = cochranMantelHaenszel(TWO_STRATA)
    expectClose(plain.statistic, 6.39989172, 1e-8)
    expectClose(plain.p, 0.0114127325, 1e-8)
    const corrected = cochranMantelHaenszel(TWO_STRATA, { continuity: 0.5 })
    expectClose(corrected.statistic, 5.57501678, 1e-8)
    expectClose(corrected.p, 0.0182184904, 1e-8)
    expectClose(cochranMantelHaenszel([stratum(0, 50, 0, 40), TWO_STRATA[1]]).statistic, 4.71428571, 1e-8)
  })
  it('lists strata that say nothing, and is as without them', () => {
    const empty = [stratum(7, 3, 0, 0), stratum(0, 0, 2, 1), stratum(0, 9, 0, 8), stratum(9, 0, 8, 0)]
    const { statistic, p } = cochranMantelHaenszel(TWO_STRATA)
    const strata = [empty[0], TWO_STRATA[0], empty[1], empty[2], TWO_STRATA[1], empty[3]]
    expect(cochranMantelHaenszel(strata)).toEqual({ statistic, p, emptyStrata: [0, 2, 3, 5] })
  })
  it('of one stratum is the square of the pooled z, less one image in all', () => {
    const { z } = pooledZ({ count: 56, total: 70 }, { count: 48, total: 80 })
    expectClose(cochranMantelHaenszel([stratum(56, 14, 48, 32)]).statistic, (z * z * 149) / 150, CLOSED_FORM)
  })
  it('does not change when strata change places, when group and reference do, or counted and other images', () => {
    fc.assert(
      fc.property(strataSamples(1000), (strata) => {
        const { statistic } = cochranMantelHaenszel(strata)
        for (const other of [[...strata].reverse(), exchanged(strata), complemented(strata)]) {
          const close = Math.abs(cochranMantelHaenszel(other).statistic - statistic)
          expect(close).toBeLessThanOrEqual(1e-9 * statistic + 1e-20)
        }
      }),
    )
  })
  it('lets opposite differences cancel', () => {
    const opposite = [stratum(20, 30, 10, 40), stratum(10, 40, 20, 30)]
    expect(cochranMantelHaenszel(opposite)).toEqual({ statistic: 0, p: 1, emptyStrata: [] })
  })
  it('stays at 0 where the distance is below the continuity correction', () => {
    const close = [stratum(5, 5, 5, 6)]
    expect(cochranMantelHaenszel(close).statistic).toBeGreaterThan(0)
    expect(cochranMantelHaenszel(close, { continuity: 0.5 })).toEqual({ statistic: 0, p: 1, emptyStrata: [] })
  })
  it('refuses strata of which none says anything', () => {
    for (const strata of [[], [stratum(0, 5, 0, 6), stratum(1, 2, 0, 0)]]) {
      expect(() => cochranMantelHaenszel(strata)).toThrow(RangeError)
      expect(() => cochranMantelHaenszel(strata)).toThrow(
        'cochranMantelHaenszel expected a stratum with images on both sides, some counted and some not, but received none',
      )
    }
    expect(() => cochranMantelHaenszel([stratum(1, 0, 0, 1)])).not.toThrow()
  })
  it('refuses counts that cannot be', () =>
    expect(() => cochranMantelHaenszel([stratum(-1, 2, 1, 1)])).toThrow('cochranMantelHaenszel expected a whole count'))
})
