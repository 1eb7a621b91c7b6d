import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { envelopeIntervalRatio } from '../../../src/audit/statistics/envelope-interval-ratio.js'
import { scoreIntervalRatio } from '../../../src/audit/statistics/score-interval-ratio.js'
import { proportions } from './proportions.js'
import { ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'
import type { TwoProportions } from './reference-rows.js'

describe('envelopeIntervalRatio', () => {
  it.each(referenceRows<TwoProportions>('ratio'))(
    'agrees with direct maximisation of the likelihood: $input',
    ({ input, expected }) => {
      const { low, high } = envelopeIntervalRatio(input.group, input.reference, input.alpha)
      expectClose(low, expected.envelopeLow, ROOT_FOUND)
      expectClose(high, expected.envelopeHigh, ROOT_FOUND)
    },
  )
  it.each([
    // worked in the specification, A2
    [56, 70, 48, 80, 1.07904712, 1.67376858],
    [2, 30, 11, 10924, 10.9851339, 243.6125],
  ])('of %i of %i against %i of %i is as published', (k1, n1, k2, n2, low, high) => {
    const interval = envelopeIntervalRatio({ count: k1, total: n1 }, { count: k2, total: n2 })
    expectClose(interval.low, low, 1e-8)
    expectClose(interval.high, high, 1e-8)
  })
  it('starts at 0 where the corrected test rejects no small ratio', () =>
    expect(envelopeIntervalRatio({ count: 1, total: 1550 }, { count: 2, total: 9404 }, 0.05 / 7).low).toBe(0))
  it('has no upper end where nobody of the reference is counted, and says nothing where nobody is', () => {
    expect(envelopeIntervalRatio({ count: 5, total: 750 }, { count: 0, total: 750 }).high).toBe(Infinity)
    expect(envelopeIntervalRatio({ count: 0, total: 9 }, { count: 0, total: 9 })).toEqual({ low: 0, high: Infinity })
  })
  it('is never narrower than the plain score interval, and inverts when the sides are exchanged', () => {
    fc.assert(
      fc.property(proportions(12000), proportions(12000), (group, reference) => {
        const envelope = envelopeIntervalRatio(group, reference, 0.05 / 14)
        const plain = scoreIntervalRatio(group, reference, 0.05 / 14)
        const back = envelopeIntervalRatio(reference, group, 0.05 / 14)
        expect(envelope.low <= plain.low && plain.high <= envelope.high).toBe(true)
        expectClose(envelope.low, 1 / back.high, 1e-7)
      }),
    )
  })
  it('keeps an end that is not moved to its last bit', () => {
    // the logarithm there and back would move it by one
    const sides = [
      { count: 7, total: 70 },
      { count: 49, total: 80 },
    ] as const
    expect(envelopeIntervalRatio(...sides).high).toBe(scoreIntervalRatio(...sides).high)
  })
  it('refuses a side without images', () =>
    expect(() => envelopeIntervalRatio({ count: 0, total: 0 }, { count: 0, total: 1 })).toThrow(RangeError))
})
