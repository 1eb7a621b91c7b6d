import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wilsonInterval } from '../../../src/audit/statistics/wilson-interval.js'
import { CLOSED_FORM, expectClose, referenceRows } from './reference-rows.js'
import type { OneProportion } from './reference-rows.js'
import { proportions } from './proportions.js'

describe('wilsonInterval', () => {
  it.each(referenceRows<OneProportion>('wilson'))('agrees with 50-digit arithmetic: $input', ({ input, expected }) => {
    const { low, high } = wilsonInterval(input, input.alpha)
    expectClose(low, expected.low, CLOSED_FORM)
    expectClose(high, expected.high, CLOSED_FORM)
  })
  it.each([
    // statsmodels 0.13.5 proportion_confint, as printed in the specification
    [0, 30, 0.05, 0, 0.113513393],
    [38, 750, 0.05, 0.037133924, 0.068778875],
    [224, 1556, 0.05, 0.127392595, 0.162278805],
    [0, 4, 0.05, 0, 0.489890836],
    [38, 750, 0.05 / 14, 0.031954233, 0.079437906],
  ])('of %i of %i at %d is as published', (count, total, alpha, low, high) => {
    const interval = wilsonInterval({ count, total }, alpha)
    expect(interval.low).toBeCloseTo(low, 9)
    expect(Math.abs(interval.high - high)).toBeLessThan(1e-9) // printed to nine decimals
  })
  it('is never [0, 0] where nobody is counted, and its low end is exactly 0', () => {
    const { low, high } = wilsonInterval({ count: 0, total: 30 })
    expect(low).toBe(0)
    expect(high).toBeGreaterThan(0.11)
  })
  it('has a high end of exactly 1 where everybody is counted', () =>
    expect(wilsonInterval({ count: 30, total: 30 }).high).toBe(1))
  it('lies within 0 and 1, around the rate, and mirrors when the counted are exchanged', () => {
    fc.assert(
      fc.property(proportions(20000), ({ count, total }) => {
        const { low, high } = wilsonInterval({ count, total })
        const mirrored = wilsonInterval({ count: total - count, total })
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        expect(low).toBeLessThanOrEqual(count / total)
        expect(high).toBeGreaterThanOrEqual(count / total)
        expect(low).toBeCloseTo(1 - mirrored.high, 13)
      }),
    )
  })
  it('covers a true rate as often as the exact enumeration of the specification says', () => {
    // D1: 30 images, rate 0.3: 0.9298
    let covered = 0
    let probability = 0.7 ** 30
    for (let count = 0; count <= 30; count++) {
      const { low, high } = wilsonInterval({ count, total: 30 })
      if (low <= 0.3 && 0.3 <= high) covered += probability
      probability *= ((30 - count) / (count + 1)) * (0.3 / 0.7)
    }
    expect(covered).toBeCloseTo(0.9298, 4)
  })
  it('refuses no images', () =>
    expect(() => wilsonInterval({ count: 0, total: 0 })).toThrow(
      'wilsonInterval expected a total of at least one observation but received 0',
    ))
})
