import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moverDifference, type EstimateWithInterval } from '../../../src/audit/statistics/mover-difference.js'
import { newcombeInterval } from '../../../src/audit/statistics/newcombe-interval.js'
import { pairedChange, type PairedCounts } from '../../../src/audit/statistics/paired-counts.js'
import { tangoInterval } from '../../../src/audit/statistics/tango-interval.js'
import { wilsonInterval } from '../../../src/audit/statistics/wilson-interval.js'
import { proportions } from './proportions.js'
import { CLOSED_FORM, ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'

const estimates: fc.Arbitrary<EstimateWithInterval> = fc
  .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 })
  .map((values) => values.sort((a, b) => a - b))
  .map(([low, value, high]) => ({ value, interval: { low, high } }))

describe('moverDifference', () => {
  it.each(referenceRows<{ first: EstimateWithInterval; second: EstimateWithInterval }>('mover'))(
    'agrees with 60-digit arithmetic: $input.first.value less $input.second.value',
    ({ input, expected }) => {
      const { value, interval } = moverDifference(input.first, input.second)
      expectClose(value, expected.value, CLOSED_FORM)
      expectClose(interval.low, expected.low, CLOSED_FORM)
      expectClose(interval.high, expected.high, CLOSED_FORM)
    },
  )
  it.each(referenceRows<{ group: PairedCounts; reference: PairedCounts; alpha: number }>('difference-in-differences'))(
    'of two Tango intervals agrees with direct maximisation: $input',
    ({ input, expected }) => {
      const estimate = (counts: PairedCounts) => ({
        value: pairedChange(counts),
        interval: tangoInterval(counts, input.alpha),
      })
      const { value, interval } = moverDifference(estimate(input.group), estimate(input.reference))
      expect(value).toBeCloseTo(expected.value as number, 14)
      expectClose(interval.low, expected.low, ROOT_FOUND)
      expectClose(interval.high, expected.high, ROOT_FOUND)
    },
  )
  it('of two Wilson intervals is Newcombe’s interval', () => {
    fc.assert(
      fc.property(proportions(2000), proportions(2000), (group, reference) => {
        const [first, second] = [group, reference].map((proportion) => ({
          value: proportion.count / proportion.total,
          interval: wilsonInterval(proportion),
        }))
        expect(moverDifference(first, second).interval).toEqual(newcombeInterval(group, reference))
      }),
    )
  })
  it('holds the difference and changes sign with the sides', () => {
    fc.assert(
      fc.property(estimates, estimates, (first, second) => {
        const there = moverDifference(first, second)
        const back = moverDifference(second, first)
        expect(there.interval.low <= there.value && there.value <= there.interval.high).toBe(true)
        expect(back.value + 0).toBe(0 - there.value)
        expect(back.interval.low).toBeCloseTo(-there.interval.high, 14)
        expect(back.interval.high).toBeCloseTo(-there.interval.low, 14)
      }),
    )
  })
  it('accepts an estimate on either end of its interval', () => {
    const none = { value: 0, interval: { low: 0, high: 0 } }
    expect(moverDifference({ value: 0.1, interval: { low: 0.1, high: 0.3 } }, none).interval.low).toBe(0.1)
    expect(moverDifference({ value: 0.3, interval: { low: 0.1, high: 0.3 } }, none).interval.high).toBe(0.3)
  })
  it.each([
    [0.5, 0.6, 0.7],
    [0.5, 0.3, 0.4],
    [0.5, 0.3, Infinity],
    [0.5, -Infinity, 0.6],
    [NaN, 0, 1],
  ])('refuses %d in %d to %d on either side', (value, low, high) => {
    const good = { value: 0, interval: { low: -0.1, high: 0.1 } }
    const wrong = { value, interval: { low, high } }
    expect(() => moverDifference(wrong, good)).toThrow(
      `moverDifference expected a finite interval that holds its estimate but received ${value} in ${low} to ${high}`,
    )
    expect(() => moverDifference(good, wrong)).toThrow(RangeError)
  })
})
