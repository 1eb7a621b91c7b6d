import { describe, expect, it } from 'vitest'
import { coverageOfRate } from '../../../src/audit/calibration/coverage-of-rate.js'
import { clopperPearsonInterval } from '../../../src/audit/statistics/clopper-pearson-interval.js'
import { wilsonInterval } from '../../../src/audit/statistics/wilson-interval.js'
import { PRINTED } from './designs.js'

/** Exact coverage computed apart (measures.md, D1): total, rate, Wilson, Clopper-Pearson, Wilson at 1 - 0.05/14. */
const KNOWN = [
  [30, 0.001, 0.9704, 0.9996, 0.9704],
  [30, 0.01, 0.9639, 0.9967, 0.9639],
  [30, 0.05, 0.9392, 0.9844, 0.9844],
  [30, 0.144, 0.9688, 0.9688, 0.9927],
  [30, 0.3, 0.9298, 0.9737, 0.9976],
  [118, 0.001, 0.8886, 0.9936, 0.9936],
  [118, 0.01, 0.9687, 0.9931, 0.9931],
  [118, 0.05, 0.9484, 0.9677, 0.9937],
  [118, 0.144, 0.9523, 0.9647, 0.9973],
  [118, 0.3, 0.9561, 0.9561, 0.9962],
  [750, 0.001, 0.9596, 0.9927, 0.9927],
  [750, 0.01, 0.9383, 0.9592, 0.9956],
  [750, 0.05, 0.9563, 0.9642, 0.9955],
  [750, 0.144, 0.9459, 0.9519, 0.9969],
  [750, 0.3, 0.9492, 0.9536, 0.9964],
] as const

describe('coverageOfRate', () => {
  it.each(KNOWN)('of %i images at %f agrees with the exact figures', (total, rate, wilson, exact, adjusted) => {
    const off = (a: number, b: number): number => Math.abs(a - b)
    expect(off(coverageOfRate(wilsonInterval, { total, rate }, 0.05), wilson)).toBeLessThan(PRINTED)
    expect(off(coverageOfRate(clopperPearsonInterval, { total, rate }, 0.05), exact)).toBeLessThan(PRINTED)
    expect(off(coverageOfRate(wilsonInterval, { total, rate }, 0.05 / 14), adjusted)).toBeLessThan(PRINTED)
  })

  it('is 1 for an interval that always holds and 0 for one that never does', () => {
    const population = { total: 20, rate: 0.3 }
    expect(coverageOfRate(() => ({ low: 0, high: 1 }), population, 0.05)).toBeCloseTo(1, 9)
    expect(coverageOfRate(() => ({ low: 0.31, high: 1 }), population, 0.05)).toBe(0)
    expect(coverageOfRate(() => ({ low: 0, high: 0.29 }), population, 0.05)).toBe(0)
  })

  it('counts an end as held', () => {
    expect(coverageOfRate(() => ({ low: 0.3, high: 0.3 }), { total: 20, rate: 0.3 }, 0.05)).toBeCloseTo(1, 9)
  })
})
