import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Stratum } from '../../../src/audit/statistics/fourfold-tables.js'
import { mantelHaenszelRiskDifference } from '../../../src/audit/statistics/mantel-haenszel-risk-difference.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'
import { TWO_STRATA, complemented, exchanged, strataSamples, stratum } from './strata-samples.js'

const SAMPLES = 1000 // finds a coverage of 95 % to within 2 points

describe('mantelHaenszelRiskDifference', () => {
  it.each(referenceRows<{ strata: Stratum[]; alpha: number }>('mantel-haenszel-risk-difference'))(
    'agrees with the formula of the paper in 50 digits: $expected',
    ({ input, expected }) => {
      const { value, standardError, interval } = mantelHaenszelRiskDifference(input.strata, input.alpha)
      expectClose(value, expected.value, 1e-12)
      expectClose(standardError, expected.standardError, 1e-12)
      expectClose(interval.low, expected.low, ROOT_FOUND)
      expectClose(interval.high, expected.high, ROOT_FOUND)
    },
  )
  it('is as the specification prints', () => {
    // specification, A4
    const { value, standardError, emptyStrata } = mantelHaenszelRiskDifference(TWO_STRATA)
    expectClose(value, 0.1, 1e-12)
    expectClose(standardError, 0.0391578, 1e-6)
    expect(emptyStrata).toEqual([])
  })
  it('of one stratum is the plain difference with its unpooled standard error', () => {
    fc.assert(
      fc.property(strataSamples(100), ([{ group, reference }]) => {
        const [p, q] = [group.count / group.total, reference.count / reference.total]
        const one = mantelHaenszelRiskDifference([{ group, reference }])
        expect(one.value).toBeCloseTo(p - q, 12)
        expectClose(one.standardError, Math.sqrt((p * (1 - p)) / group.total + (q * (1 - q)) / reference.total), 1e-11)
      }),
    )
  })
  it('lists strata without images on one side, and is as without them', () => {
    const plain = mantelHaenszelRiskDifference(TWO_STRATA)
    const withEmpty = [TWO_STRATA[0], stratum(7, 3, 0, 0), TWO_STRATA[1], stratum(0, 0, 2, 1)]
    expect(mantelHaenszelRiskDifference(withEmpty)).toEqual({ ...plain, emptyStrata: [1, 3] })
  })
  it('takes strata where nobody or everybody is counted for what they show: no difference', () => {
    const none = mantelHaenszelRiskDifference([stratum(0, 50, 0, 50), stratum(20, 30, 10, 40)])
    const all = mantelHaenszelRiskDifference([stratum(50, 0, 50, 0), stratum(20, 30, 10, 40)])
    expect(none.value).toBeCloseTo(0.1, 12)
    expect(all.value).toBeCloseTo(0.1, 12)
    expect([none.emptyStrata, all.emptyStrata]).toEqual([[], []])
  })
  it('changes its sign when group and reference change places, and when counted and other images do', () => {
    fc.assert(
      fc.property(strataSamples(1000), (strata) => {
        const { value, standardError, interval } = mantelHaenszelRiskDifference(strata)
        for (const other of [exchanged(strata), complemented(strata)]) {
          const result = mantelHaenszelRiskDifference(other)
          expect(result.value).toBeCloseTo(-value, 12)
          expectClose(result.standardError, standardError, 1e-9)
          expect(result.interval.low).toBeCloseTo(-interval.high, 11)
          expect(result.interval.high).toBeCloseTo(-interval.low, 11)
        }
      }),
    )
  })
  it('stays from -1 to 1, and around its value', () => {
    fc.assert(
      fc.property(strataSamples(4), fc.constantFrom(0.5, 0.05, 1e-6), (strata, alpha) => {
        const { value, interval } = mantelHaenszelRiskDifference(strata, alpha)
        expect(interval.low).toBeGreaterThanOrEqual(-1)
        expect(interval.low).toBeLessThan(value)
        expect(interval.high).toBeGreaterThan(value)
        expect(interval.high).toBeLessThanOrEqual(1)
      }),
    )
    expect(mantelHaenszelRiskDifference([stratum(3, 1, 0, 4)], 1e-6).interval.high).toBe(1)
    expect(mantelHaenszelRiskDifference([stratum(0, 4, 3, 1)], 1e-6).interval.low).toBe(-1)
  })
  it('holds a planted difference in about 95 % of samples, for a few large strata and for many small ones', () => {
    const random = createRandom(4, 'risk difference')
    for (const [strata, groupTotal, referenceTotal] of [
      [4, 60, 200],
      [40, 3, 8],
    ]) {
      let held = 0
      for (let sample = 0; sample < SAMPLES; sample++) {
        const drawn = Array.from({ length: strata }, (_, place) => {
          const rate = 0.1 + (0.4 * place) / strata
          return {
            group: { count: random.binomial(groupTotal, rate + 0.1), total: groupTotal },
            reference: { count: random.binomial(referenceTotal, rate), total: referenceTotal },
          }
        })
        const { low, high } = mantelHaenszelRiskDifference(drawn).interval
        if (low <= 0.1 && 0.1 <= high) held++
      }
      expect(held / SAMPLES).toBeGreaterThan(0.925)
      expect(held / SAMPLES).toBeLessThan(0.97)
    }
  })
  it('refuses to go without a stratum with images on both sides', () => {
    for (const strata of [[], [stratum(7, 3, 0, 0), stratum(0, 0, 2, 1)]]) {
      expect(() => mantelHaenszelRiskDifference(strata)).toThrow(RangeError)
      expect(() => mantelHaenszelRiskDifference(strata)).toThrow(
        'mantelHaenszelRiskDifference expected a stratum with images on both sides but received none',
      )
    }
  })
  it('refuses rates without variation, whose interval would be a point', () => {
    const message = 'mantelHaenszelRiskDifference expected rates that vary but received a difference of'
    for (const [strata, difference] of [
      [[stratum(0, 50, 0, 40), stratum(7, 0, 9, 0)], 0],
      [[stratum(3, 0, 0, 7), stratum(1000000, 0, 0, 999999)], 1],
      [[stratum(0, 3, 7, 0), stratum(0, 1, 1, 0)], -1],
    ] as const) {
      expect(() => mantelHaenszelRiskDifference(strata)).toThrow(RangeError)
      expect(() => mantelHaenszelRiskDifference(strata)).toThrow(`${message} ${difference} in every stratum`)
    }
    // rates of 0 and 1 that differ from stratum to stratum do vary
    expect(mantelHaenszelRiskDifference([stratum(3, 0, 0, 7), stratum(0, 4, 0, 4)]).standardError).toBeGreaterThan(0.1)
    expect(mantelHaenszelRiskDifference([stratum(0, 3, 7, 0), stratum(0, 4, 0, 4)]).standardError).toBeGreaterThan(0.1)
  })
  it('refuses counts that cannot be', () =>
    expect(() => mantelHaenszelRiskDifference([stratum(-1, 2, 1, 1)])).toThrow(
      'mantelHaenszelRiskDifference expected a whole count',
    ))
})
