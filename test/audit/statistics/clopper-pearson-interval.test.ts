import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clopperPearsonInterval } from '../../../src/audit/statistics/clopper-pearson-interval.js'
import { wilsonInterval } from '../../../src/audit/statistics/wilson-interval.js'
import { proportions } from './proportions.js'
import { CLOSED_FORM, ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'
import type { OneProportion } from './reference-rows.js'

describe('clopperPearsonInterval', () => {
  it.each(referenceRows<OneProportion>('clopper-pearson'))('agrees with scipy: $input', ({ input, expected }) => {
    const { low, high } = clopperPearsonInterval(input, input.alpha)
    expectClose(low, expected.low, ROOT_FOUND)
    expectClose(high, expected.high, ROOT_FOUND)
  })
  it.each([
    // statsmodels 0.13.5 proportion_confint 'beta', as printed in the specification
    [0, 30, 0.05, 0, 0.115703308],
    [204, 1420, 0.05, 0.125818422, 0.162993407],
    [490, 10000, 0.05, 0.044850941, 0.053414155],
    [8, 10, 0.005, 0.31932474, 0.992393666],
    [30, 30, 0.05, 0.884296692, 1],
  ])('of %i of %i at %d is as published', (count, total, alpha, low, high) => {
    const interval = clopperPearsonInterval({ count, total }, alpha)
    expect(interval.low).toBeCloseTo(low, 9)
    expect(interval.high).toBeCloseTo(high, 9)
  })
  it('lies within 0 and 1 around the rate', () => {
    fc.assert(
      fc.property(proportions(5000), (proportion) => {
        const { low, high } = clopperPearsonInterval(proportion)
        const rate = proportion.count / proportion.total
        expect(0 <= low && low <= rate && rate <= high && high <= 1).toBe(true)
      }),
      { numRuns: 50 },
    )
  })
  it('promises more than the Wilson interval does just above a count of 0', () =>
    expect(clopperPearsonInterval({ count: 1, total: 118 }).low).toBeLessThan(
      wilsonInterval({ count: 1, total: 118 }).low,
    ))
  it('keeps its digits where nobody or everybody is counted, however small the end', () => {
    // closed forms: an end is the rate at which the one outcome left has probability alpha / 2
    expectClose(clopperPearsonInterval({ count: 0, total: 1e13 }).high, Math.log(40) / 1e13, CLOSED_FORM)
    expectClose(clopperPearsonInterval({ count: 1, total: 1 }, 1e-20).low, 5e-21, CLOSED_FORM)
  })
  it('refuses no images and a level of 0', () => {
    expect(() => clopperPearsonInterval({ count: 0, total: 0 })).toThrow(
      'clopperPearsonInterval expected a total of at least one observation but received 0',
    )
    expect(() => clopperPearsonInterval({ count: 0, total: 1 }, 0)).toThrow('clopperPearsonInterval expected a level')
  })
})
