import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { meanPairwiseCosine } from '../../../src/audit/statistics/mean-pairwise-cosine.js'

type Vectors = readonly (readonly number[])[]

const VECTORS: Vectors = [[0.3, 0.8, 0.3], [-1.3, 0.9, 0.4], [-0.5, 0.6, 0.4], [0.3, 0, 0.5], [-0.7, -0.2, -0.5]] // prettier-ignore

function summed(vectors: Vectors, weights: readonly number[] = vectors.map(() => 1)) {
  const sum = vectors[0].map((_, d) =>
    vectors.reduce((total, vector, i) => total + (weights[i] * vector[d]) / Math.hypot(...vector), 0),
  )
  return {
    squaredLength: sum.reduce((total, value) => total + value * value, 0),
    weight: weights.reduce((total, weight) => total + weight, 0),
    squaredWeight: weights.reduce((total, weight) => total + weight * weight, 0),
  }
}

describe('meanPairwiseCosine', () => {
  it('agrees with numpy 1.24 over all pairs', () =>
    expect(meanPairwiseCosine(summed(VECTORS))).toBeCloseTo(0.10299809228514575, 14))

  it('agrees with numpy 1.24 over pairs of different vectors where some are drawn several times', () =>
    expect(meanPairwiseCosine(summed(VECTORS, [2, 0, 1, 1, 3]))).toBeCloseTo(-0.2544355868816415, 14))

  it('is 1 for equal vectors, 0 for orthogonal ones, -1 for opposite ones', () => {
    expect(meanPairwiseCosine(summed([[2, 0], [1, 0]]))).toBe(1) // prettier-ignore
    expect(meanPairwiseCosine(summed([[2, 0], [0, 1]]))).toBe(0) // prettier-ignore
    expect(meanPairwiseCosine(summed([[2, 0], [-1, 0]]))).toBe(-1) // prettier-ignore
  })

  it('equals a loop over pairs', () => {
    const vector = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(vector, { minLength: 2, maxLength: 8 }), (vectors) => {
        const pairs = vectors.flatMap((a, i) =>
          vectors.slice(i + 1).map((b) => a.reduce((dot, value, d) => dot + value * b[d], 0) / Math.hypot(...a) / Math.hypot(...b)),
        ) // prettier-ignore
        const mean = pairs.reduce((sum, cosine) => sum + cosine, 0) / pairs.length
        expect(meanPairwiseCosine(summed(vectors))).toBeCloseTo(mean, 12)
      }),
    )
  })

  it('is undefined without two different vectors', () => {
    expect(meanPairwiseCosine(summed([[1, 0]]))).toBeNull()
    expect(meanPairwiseCosine(summed([[1, 0], [0, 1]], [3, 0]))).toBeNull() // prettier-ignore
  })
})
