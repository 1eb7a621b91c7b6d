import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { standardisedRate, type WeightedStratum } from '../../../src/audit/statistics/standardised-rate.js'
import { wilsonInterval } from '../../../src/audit/statistics/wilson-interval.js'
import { proportions } from './proportions.js'
import { ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'

const weightedStrata = fc.array(
  fc.record({ weight: fc.double({ min: 0.01, max: 100, noNaN: true }), proportion: proportions(1000) }),
  { minLength: 1, maxLength: 8 },
)

/** How often the interval holds the rate that `rates` and sizes weigh up to, over seeded samples. */
function coverage(sizes: readonly number[], rate: number, samples: number): number {
  const random = createRandom(9, 'standardised-rate')
  let held = 0
  for (let sample = 0; sample < samples; sample++) {
    const strata = sizes.map((total) => ({
      weight: total,
      proportion: { count: random.binomial(total, rate), total },
    }))
    const { low, high } = standardisedRate(strata).interval
    if (low <= rate && rate <= high) held++
  }
  return held / samples
}

describe('standardisedRate', () => {
  it.each(referenceRows<{ strata: WeightedStratum[]; alpha: number }>('standardised-rate'))(
    'agrees with the formula in 50 digits: $expected',
    ({ input, expected }) => {
      const { value, interval } = standardisedRate(input.strata, input.alpha)
      expectClose(value, expected.value, 1e-12)
      expectClose(interval.low, expected.low, ROOT_FOUND)
      expectClose(interval.high, expected.high, ROOT_FOUND)
    },
  )
  it('of one stratum is its rate with Wilson’s interval', () => {
    fc.assert(
      fc.property(proportions(1_000_000), (proportion) => {
        const { value, interval } = standardisedRate([{ weight: 7, proportion }], 0.01)
        const wilson = wilsonInterval(proportion, 0.01)
        expect(value).toBeCloseTo(proportion.count / proportion.total, 14)
        expect(interval.low).toBeCloseTo(wilson.low, 14)
        expect(interval.high).toBeCloseTo(wilson.high, 14)
      }),
    )
  })
  it('takes away a gap that is only another mix of strata', () => {
    const mix = (young: number, old: number) => [
      { weight: 1, proportion: { count: 0.3 * young, total: young } },
      { weight: 3, proportion: { count: 0.1 * old, total: old } },
    ]
    expect(standardisedRate(mix(300, 100)).value).toBeCloseTo(0.15, 12)
    expect(standardisedRate(mix(100, 300)).value).toBeCloseTo(0.15, 12)
  })
  it('does not change with the measure of the weights, nor with the order of strata', () => {
    fc.assert(
      fc.property(weightedStrata, (strata) => {
        const { value, interval } = standardisedRate(strata)
        const inImages = strata.map(({ weight, proportion }) => ({ weight: weight * 1000, proportion }))
        for (const other of [inImages, [...strata].reverse()]) {
          const result = standardisedRate(other)
          expect(result.value).toBeCloseTo(value, 12)
          expect(result.interval.low).toBeCloseTo(interval.low, 12)
          expect(result.interval.high).toBeCloseTo(interval.high, 12)
        }
      }),
    )
  })
  it('stays within 0 and 1 and around its value, and exchanges its ends with counted and other images', () => {
    fc.assert(
      fc.property(weightedStrata, (strata) => {
        const { value, interval } = standardisedRate(strata)
        expect(interval.low).toBeGreaterThanOrEqual(0)
        expect(interval.low).toBeLessThanOrEqual(value)
        expect(interval.high).toBeGreaterThanOrEqual(value)
        expect(interval.high).toBeLessThanOrEqual(1 + 1e-15)
        const others = strata.map(({ weight, proportion: { count, total } }) => ({
          weight,
          proportion: { count: total - count, total },
        }))
        const opposite = standardisedRate(others)
        expect(opposite.value).toBeCloseTo(1 - value, 12)
        expect(opposite.interval.low).toBeCloseTo(1 - interval.high, 12)
      }),
    )
  })
  it('is not a point where nobody is counted in any stratum', () => {
    const none = { weight: 1, proportion: { count: 0, total: 30 } }
    const { value, interval } = standardisedRate([none, none])
    expect([value, interval.low]).toEqual([0, 0])
    expect(interval.high).toBeCloseTo(wilsonInterval({ count: 0, total: 30 }).high / Math.SQRT2, 12)
  })
  it('takes counts that were divided by a design effect', () => {
    const { value } = standardisedRate([{ weight: 2, proportion: { count: 1.25, total: 12.5 } }])
    expect(value).toBeCloseTo(0.1, 12)
  })
  it('does not look at strata without weight', () => {
    const strata = [{ weight: 2, proportion: { count: 3, total: 20 } }]
    expect(standardisedRate([...strata, { weight: 0, proportion: { count: 0, total: 0 } }])).toEqual(
      standardisedRate(strata),
    )
  })
  it('holds the rate in 93 % to 99 % of samples with 14 strata of 5 to 200 images, at rates from 2 % to 50 %', () => {
    const sizes = [5, 8, 12, 20, 30, 40, 50, 60, 80, 100, 120, 150, 180, 200]
    for (const rate of [0.02, 0.1, 0.5]) {
      expect(coverage(sizes, rate, 1500)).toBeGreaterThan(0.93)
      expect(coverage(sizes, rate, 1500)).toBeLessThan(0.99)
    }
  })
  it('holds it as often with 50 strata of 2 images', () => {
    const sizes = Array.from({ length: 50 }, () => 2)
    expect(coverage(sizes, 0.1, 800)).toBeGreaterThan(0.93)
    expect(coverage(sizes, 0.1, 800)).toBeLessThan(0.99)
  })
  it('refuses weights below 0, infinite ones, and no weight at all', () => {
    const proportion = { count: 1, total: 2 }
    for (const weight of [-1, NaN, Infinity]) {
      const wrong = [{ weight: 1, proportion }, { weight, proportion }] // prettier-ignore
      expect(() => standardisedRate(wrong)).toThrow(RangeError)
      expect(() => standardisedRate(wrong)).toThrow(
        `standardisedRate expected finite weights from 0 but received ${weight}`,
      )
    }
    for (const strata of [[], [{ weight: 0, proportion }]]) {
      expect(() => standardisedRate(strata)).toThrow(RangeError)
      expect(() => standardisedRate(strata)).toThrow(
        'standardisedRate expected a stratum with a weight above 0 but received none',
      )
    }
  })
  it('refuses strata with weight but without images, and counts that cannot be', () => {
    const of = (count: number, total: number) => () =>
      standardisedRate([{ weight: 1e-9, proportion: { count, total } }])
    expect(of(0, 0)).toThrow('standardisedRate expected a total of at least one observation but received 0')
    expect(of(3, 2)).toThrow('standardisedRate expected a count from 0 to 2 but received 3')
  })
})
