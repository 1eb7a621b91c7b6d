import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalisedEntropy } from '../../../../src/audit/measures/retrieval-skew/normalised-entropy.js'

describe('normalisedEntropy', () => {
  it.each([
    [[7, 3], 0.8812908992306926], // scipy.stats.entropy([7, 3]) / ln 2
    [[5, 3, 2], 0.9372305632161296], // scipy.stats.entropy([5, 3, 2]) / ln 3
    [[4, 4], 1],
    [[4, 0], 0],
  ])('of %j is %d', (counts, expected) => expect(normalisedEntropy(counts)).toBeCloseTo(expected, 12))

  it('is none for one value, or for no image', () => {
    expect(normalisedEntropy([4])).toBeNull()
    expect(normalisedEntropy([0, 0])).toBeNull()
  })

  it('lies within 0 and 1 and does not depend on the order of the values', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 2, maxLength: 7 }), (counts) => {
        const entropy = normalisedEntropy(counts) ?? 0
        expect(entropy).toBeGreaterThanOrEqual(-1e-12)
        expect(entropy).toBeLessThanOrEqual(1 + 1e-12)
        expect(normalisedEntropy(counts.toReversed()) ?? 0).toBeCloseTo(entropy, 12)
      }),
    )
  })
})
