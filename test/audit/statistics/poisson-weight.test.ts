import { describe, expect, it } from 'vitest'
import { poissonWeight } from '../../../src/audit/statistics/poisson-weight.js'
import { createRandom } from '../../../src/audit/statistics/random.js'

describe('poissonWeight', () => {
  it('agrees with scipy 1.10.1 (poisson.ppf, mean 1)', () => {
    const uniforms = [0.1, 0.3678, 0.3679, 0.7357, 0.7358, 0.9, 0.99, 0.9999]
    expect(uniforms.map(poissonWeight)).toEqual([0, 0, 1, 1, 2, 2, 4, 6])
    expect(poissonWeight(0)).toBe(0)
  })

  it('has mean and variance 1', () => {
    const random = createRandom(2)
    const weights = Array.from({ length: 40_000 }, () => poissonWeight(random.uniform()))
    const mean = weights.reduce((sum, weight) => sum + weight, 0) / 40_000
    const variance = weights.reduce((sum, weight) => sum + (weight - mean) ** 2, 0) / 40_000
    expect(Math.abs(mean - 1)).toBeLessThan(4 / Math.sqrt(40_000))
    expect(variance).toBeCloseTo(1, 1)
  })
})
