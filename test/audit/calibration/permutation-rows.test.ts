import { describe, expect, it } from 'vitest'
import { FAIRFACE_RACES, TABLE_6_RATES } from '../../../src/audit/calibration/fairface.js'
import { distanceFromEven, permutationTask } from '../../../src/audit/calibration/permutation-rows.js'
import { doubleCorrectedVariance } from '../../../src/audit/statistics/double-corrected-variance.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { designOf } from './designs.js'

describe('distanceFromEven', () => {
  it('is nothing for an even spread over the hundredths', () => {
    expect(distanceFromEven(Array.from({ length: 100 }, (_, place) => (place + 1) / 100))).toBeLessThan(1e-12)
  })

  it('is nearly 1 where every p is the smallest, and where every p is 1', () => {
    expect(distanceFromEven([0.01, 0.01])).toBeCloseTo(0.99, 12)
    expect(distanceFromEven([1, 1, 1])).toBeCloseTo(0.99, 12)
  })

  it('is the largest distance, wherever it lies', () => {
    expect(distanceFromEven([0.01, 0.01, 1])).toBeCloseTo(2 / 3 - 0.01, 12)
    expect(distanceFromEven([0.5, 1])).toBeCloseTo(0.5, 1)
  })
})

describe('permutationTask', () => {
  it('finds the p-values of spread evenly spread at parity', () => {
    const [row] = permutationTask(designOf({ audits: 60 }))()
    expect(row).toMatchObject({ what: 'permutation.uniform', unit: 'distance', met: true, isMain: true })
    expect(row.measured).toBeLessThan(2.5 / Math.sqrt(600))
    expect(row.target?.high).toBeCloseTo(2.5 / Math.sqrt(600), 12)
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
