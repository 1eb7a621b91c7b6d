import { describe, expect, it } from 'vitest'
import { FAIRFACE_RACES, TABLE_6_RATES } from '../../../src/audit/calibration/fairface.js'
import { distanceFromEven, permutationTask } from '../../../src/audit/calibration/permutation-rows.js'
import { doubleCorrectedVariance } from '../../../src/audit/statistics/double-corrected-variance.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { designOf, SMALL_GROUPS } from './designs.js'

describe('distanceFromEven', () => {
  it('is nothing for an even spread over the hundredths', () => {
    const { above, distance } = distanceFromEven(Array.from({ length: 100 }, (_, place) => (place + 1) / 100))
    expect(above).toBeLessThan(1e-12)
    expect(distance).toBeLessThan(1e-12)
  })

  it('is nearly 1 where every p is the smallest, and where every p is 1', () => {
    expect(distanceFromEven([0.01, 0.01]).distance).toBeCloseTo(0.99, 12)
    expect(distanceFromEven([1, 1, 1]).distance).toBeCloseTo(0.99, 12)
  })

  it('is the largest distance, wherever it lies', () => {
    expect(distanceFromEven([0.01, 0.01, 1]).distance).toBeCloseTo(2 / 3 - 0.01, 12)
    expect(distanceFromEven([0.5, 1]).distance).toBeCloseTo(0.49, 12)
  })
})

describe('what is too often small', () => {
  it('counts only small p-values', () => {
    expect(distanceFromEven([0.01, 0.01]).above).toBeCloseTo(0.99, 12)
    expect(distanceFromEven([1, 1, 1]).above).toBe(0)
    expect(distanceFromEven([0.5, 1]).above).toBeCloseTo(0, 12)
  })
})

describe('permutationTask', () => {
  it('finds the p-values of spread evenly spread at parity', () => {
    const rows = permutationTask(designOf({ audits: 60 }))()
    expect(rows.map(({ what }) => what)).toEqual(['permutation.small', 'permutation.uniform'])
    for (const row of rows) {
      expect(row).toMatchObject({ unit: 'distance', met: true, isMain: true })
      expect(row.target?.high).toBeCloseTo(2.5 / Math.sqrt(600), 12)
    }
    expect(rows[0].measured).toBeLessThanOrEqual(rows[1].measured)
  })

  it('asks of small groups only that a small p is not too frequent: many draws tie there', () => {
    const two = SMALL_GROUPS.slice(0, 2)
    const [small, uniform] = permutationTask(designOf({ recoveryGroups: two, isReference: false, audits: 60 }))()
    expect(small.met).toBe(true)
    expect(uniform).toMatchObject({ met: null, target: null })
    expect(uniform.measured).toBeGreaterThan(0.1)
  })

  it('asks for 0.02 when there are enough families', () => {
    expect(2.5 / Math.sqrt(20_000)).toBeLessThan(0.02)
  })

  it('needs two groups of two images', () => {
    expect(permutationTask(designOf({ recoveryGroups: [{ name: 'A', images: 50 }] }))()).toEqual([])
    const tiny = [
      { name: 'A', images: 50 },
      { name: 'B', images: 1 },
    ]
    expect(permutationTask(designOf({ recoveryGroups: tiny }))()).toEqual([])
  })
})

describe('the variance between groups with the noise removed', () => {
  /** Mean over simulated families, and its standard error. */
  function simulated(rates: readonly number[]): { mean: number; error: number } {
    const random = createRandom(1, 'test/variance')
    const values = Array.from({ length: 3000 }, () => {
      const groups = FAIRFACE_RACES.map(({ images }, place) => ({
        count: random.binomial(images, rates[place]),
        total: images,
      }))
      return doubleCorrectedVariance(groups).corrected
    })
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
    return { mean, error: Math.sqrt(variance / values.length) }
  }

  it('is centred at 0 where groups do not differ (measures.md, D8)', () => {
    const { mean, error } = simulated(FAIRFACE_RACES.map(() => 0.05))
    expect(Math.abs(mean)).toBeLessThan(3 * error)
  })

  it('is centred at the variance that was planted otherwise', () => {
    const rates = TABLE_6_RATES.crime
    const middle = rates.reduce((sum: number, rate) => sum + rate, 0) / rates.length
    const planted = rates.reduce((sum: number, rate) => sum + (rate - middle) ** 2, 0) / (rates.length - 1)
    const { mean, error } = simulated(rates)
    expect(Math.abs(mean - planted)).toBeLessThan(3 * error)
  })
})
