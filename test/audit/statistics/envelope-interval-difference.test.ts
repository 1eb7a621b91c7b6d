import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { envelopeIntervalDifference } from '../../../src/audit/statistics/envelope-interval-difference.js'
import { scoreIntervalDifference } from '../../../src/audit/statistics/score-interval-difference.js'
import { proportions } from './proportions.js'
import { ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'
import type { TwoProportions } from './reference-rows.js'

describe('envelopeIntervalDifference', () => {
  it.each(referenceRows<TwoProportions>('difference'))(
    'agrees with direct maximisation of the likelihood: $input',
    ({ input, expected }) => {
      const { low, high } = envelopeIntervalDifference(input.group, input.reference, input.alpha)
      expectClose(low, expected.envelopeLow, ROOT_FOUND)
      expectClose(high, expected.envelopeHigh, ROOT_FOUND)
    },
  )
  it.each([
    // worked in the specification, A2
    [56, 70, 48, 80, 0.052829713, 0.339754586],
    [2, 30, 11, 10924, 0.011100104, 0.212237355],
    [5, 750, 0, 750, 0.001264588, 0.015514469],
    [8, 118, 430, 10836, -0.007752146, 0.088499688],
  ])('of %i of %i against %i of %i is as published', (k1, n1, k2, n2, low, high) => {
    const interval = envelopeIntervalDifference({ count: k1, total: n1 }, { count: k2, total: n2 })
    expect(interval.low).toBeCloseTo(low, 9)
    expect(interval.high).toBeCloseTo(high, 9)
  })
  it('is never narrower than the plain score interval, and changes sign with the sides', () => {
    fc.assert(
      fc.property(proportions(12000), proportions(12000), (group, reference) => {
        const envelope = envelopeIntervalDifference(group, reference, 0.05 / 14)
        const plain = scoreIntervalDifference(group, reference, 0.05 / 14)
        const back = envelopeIntervalDifference(reference, group, 0.05 / 14)
        expect(envelope.low <= plain.low && plain.high <= envelope.high).toBe(true)
        expect(-1 <= envelope.low && envelope.high <= 1).toBe(true)
        expect(envelope.low).toBeCloseTo(-back.high, 9)
      }),
    )
  })
  it('refuses a side without images', () =>
    expect(() => envelopeIntervalDifference({ count: 0, total: 0 }, { count: 0, total: 1 })).toThrow(RangeError))
})
