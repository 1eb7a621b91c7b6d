import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Stratum } from '../../../src/audit/statistics/fourfold-tables.js'
import { mantelHaenszelOddsRatio } from '../../../src/audit/statistics/mantel-haenszel-odds-ratio.js'
import { oddsRatio } from '../../../src/audit/statistics/odds-ratio.js'
import { ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'
import { TWO_STRATA, complemented, exchanged, strataSamples, stratum } from './strata-samples.js'

describe('mantelHaenszelOddsRatio', () => {
  it.each(referenceRows<{ strata: Stratum[]; alpha: number }>('mantel-haenszel-odds-ratio'))(
    'agrees with R, statsmodels and mpmath: $expected',
    ({ input, expected }) => {
      const { value, interval } = mantelHaenszelOddsRatio(input.strata, input.alpha)
      expectClose(value, expected.value, ROOT_FOUND)
      expectClose(interval.low, expected.low, ROOT_FOUND)
      expectClose(interval.high, expected.high, ROOT_FOUND)
    },
  )
  it('is as the specification prints', () => {
    // specification, A4
    const { value, interval, emptyStrata } = mantelHaenszelOddsRatio(TWO_STRATA)
    expectClose(value, 2.42857143, 1e-8)
    expectClose(interval.low, 1.20911442, 1e-8)
    expectClose(interval.high, 4.87791649, 1e-8)
    expect(emptyStrata).toEqual([])
    const withEmpty = mantelHaenszelOddsRatio([stratum(0, 50, 0, 40), TWO_STRATA[1]])
    expectClose(withEmpty.value, 2.66666667, 1e-8)
    expect(withEmpty.emptyStrata).toEqual([0])
  })
  it('of one stratum is the odds ratio with Woolf’s interval', () => {
    const one = mantelHaenszelOddsRatio([stratum(56, 14, 48, 32)], 0.01)
    const woolf = oddsRatio({ count: 56, total: 70 }, { count: 48, total: 80 }, 0.01)
    expectClose(one.value, woolf.value, 1e-12)
    expectClose(one.interval.low, woolf.interval.low, 1e-12)
    expectClose(one.interval.high, woolf.interval.high, 1e-12)
  })
  it('is inverted when group and reference change places, and when counted and other images do', () => {
    fc.assert(
      fc.property(strataSamples(1000), (strata) => {
        const { value, interval } = mantelHaenszelOddsRatio(strata)
        for (const other of [exchanged(strata), complemented(strata)]) {
          const inverted = mantelHaenszelOddsRatio(other)
          expectClose(inverted.value, 1 / value, 1e-11)
          expectClose(inverted.interval.low, 1 / interval.high, 1e-9)
          expectClose(inverted.interval.high, 1 / interval.low, 1e-9)
        }
      }),
    )
  })
  it('lies between the odds ratios of its strata, within its interval, which narrows with alpha', () => {
    fc.assert(
      fc.property(strataSamples(1000), ([first, second]) => {
        const ends = [first, second].map(({ group, reference }) => oddsRatio(group, reference).value)
        const { value, interval } = mantelHaenszelOddsRatio([first, second])
        expect(value).toBeGreaterThanOrEqual(Math.min(...ends) * (1 - 1e-12))
        expect(value).toBeLessThanOrEqual(Math.max(...ends) * (1 + 1e-12))
        const wider = mantelHaenszelOddsRatio([first, second], 0.01).interval
        expect([wider.low < interval.low, interval.low < value, value < interval.high, interval.high < wider.high]).toEqual([true, true, true, true]) // prettier-ignore
      }),
    )
  })
  it('refuses strata whose common odds ratio is 0, infinite or not defined', () => {
    const message = 'mantelHaenszelOddsRatio expected products of opposite cells above 0 both ways but received'
    for (const [strata, received] of [
      [[stratum(0, 5, 1, 4), stratum(0, 6, 2, 4)], '0 and 1.5'],
      [[stratum(1, 4, 0, 5), stratum(2, 4, 0, 6)], '1.5 and 0'],
      [[stratum(0, 5, 0, 4)], '0 and 0'],
    ] as const) {
      expect(() => mantelHaenszelOddsRatio(strata)).toThrow(RangeError)
      expect(() => mantelHaenszelOddsRatio(strata)).toThrow(`${message} ${received}`)
    }
  })
  it('refuses counts that cannot be', () =>
    expect(() => mantelHaenszelOddsRatio([stratum(-1, 2, 1, 1)])).toThrow('mantelHaenszelOddsRatio expected a whole'))
})
