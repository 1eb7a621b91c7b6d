import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newcombeInterval } from '../../../src/audit/statistics/newcombe-interval.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { standardisedDifference } from '../../../src/audit/statistics/standardised-difference.js'
import type { WeightedStratum } from '../../../src/audit/statistics/standardised-rate.js'
import { proportions } from './proportions.js'
import { ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'

const SIZES = [5, 8, 12, 20, 30, 40, 50, 60, 80, 100, 120, 150, 180, 200]

type Sides = { readonly group: WeightedStratum[]; readonly reference: WeightedStratum[]; readonly alpha: number }

describe('standardisedDifference', () => {
  it.each(referenceRows<Sides>('standardised-difference'))(
    'agrees with the formula in 50 digits: $expected',
    ({ input, expected }) => {
      const { value, interval } = standardisedDifference(input.group, input.reference, input.alpha)
      expectClose(value, expected.value, 1e-12)
      expectClose(interval.low, expected.low, ROOT_FOUND)
      expectClose(interval.high, expected.high, ROOT_FOUND)
    },
  )
  it('of one stratum is the difference with Newcombe’s interval', () => {
    const [group, reference] = [{ count: 56, total: 70 }, { count: 48, total: 80 }] // prettier-ignore
    const { value, interval } = standardisedDifference([{ weight: 3, proportion: group }], [{ weight: 3, proportion: reference }]) // prettier-ignore
    const newcombe = newcombeInterval(group, reference)
    expect(value).toBeCloseTo(0.2, 12)
    expect(interval.low).toBeCloseTo(newcombe.low, 12)
    expect(interval.high).toBeCloseTo(newcombe.high, 12)
  })
  it('changes its sign when group and reference change places, and stays from -1 to 1', () => {
    const stratum = fc.record({
      weight: fc.integer({ min: 1, max: 9 }),
      first: proportions(300),
      second: proportions(300),
    })
    fc.assert(
      fc.property(fc.array(stratum, { minLength: 1, maxLength: 6 }), (strata) => {
        const [first, second] = (['first', 'second'] as const).map((side) =>
          strata.map((one) => ({ weight: one.weight, proportion: one[side] })),
        )
        const [there, back] = [standardisedDifference(first, second), standardisedDifference(second, first)]
        expect(back.value).toBeCloseTo(-there.value, 12)
        expect(back.interval.low).toBeCloseTo(-there.interval.high, 12)
        expect(back.interval.high).toBeCloseTo(-there.interval.low, 12)
        expect(there.interval.low).toBeGreaterThanOrEqual(-1 - 1e-12)
        expect(there.interval.high).toBeLessThanOrEqual(1 + 1e-12)
      }),
    )
  })
  it('holds a planted difference in about 95 % of samples with 14 strata of 5 to 200 images', () => {
    const random = createRandom(2, 'standardised-difference')
    const sideOf = (sizes: readonly number[], lift: number) =>
      sizes.map((total, place) => ({
        weight: 205,
        proportion: { count: random.binomial(total, 0.1 + 0.02 * place + lift), total },
      }))
    let held = 0
    for (let sample = 0; sample < 1000; sample++) {
      const { low, high } = standardisedDifference(sideOf(SIZES, 0.1), sideOf([...SIZES].reverse(), 0)).interval
      if (low <= 0.1 && 0.1 <= high) held++
    }
    expect(held / 1000).toBeGreaterThan(0.93)
    expect(held / 1000).toBeLessThan(0.99)
  })
  it('refuses sides with different weights or numbers of strata', () => {
    const one = { weight: 1, proportion: { count: 1, total: 2 } }
    for (const [group, reference, received] of [
      [[one], [{ ...one, weight: 2 }], '1 and 2'],
      [[one, one], [one], '1, 1 and 1'],
    ] as const) {
      expect(() => standardisedDifference(group, reference)).toThrow(RangeError)
      expect(() => standardisedDifference(group, reference)).toThrow(
        `standardisedDifference expected the same weights on both sides but received ${received}`,
      )
    }
  })
})
