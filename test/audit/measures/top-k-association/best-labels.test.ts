import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bestLabels } from '../../../../src/audit/measures/top-k-association/best-labels.js'
import { countingLabels } from '../../../../src/audit/measures/top-k-association/count-associations.js'

const best = (scores: readonly number[], most: number): number[] => {
  const places = new Uint32Array(most)
  return [...places.subarray(0, bestLabels(scores, most, places))]
}

describe('bestLabels', () => {
  it('gives the places of the highest scores, of equal ones the first', () => {
    expect(best([0.2, 0.5, 0.2, 0.1], 2)).toEqual([1, 0])
    expect(best([0.1, 0.3, 0.3, 0.3], 2)).toEqual([1, 2])
    expect(best([0.3], 5)).toEqual([0])
  })

  it('keeps what a whole sorting keeps, at every threshold', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 30 }), // few values: many ties
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 0, max: 13 }),
        (scores, most, threshold) => {
          const labels = scores.map((score, place) => ({ label: String(place), score }))
          const reaching = best(scores, most).filter((place) => scores[place] >= threshold)
          expect(reaching.map(String)).toEqual(countingLabels(labels, { threshold, most }))
        },
      ),
    ))

  it('refuses a score that is no number', () =>
    expect(() => best([0.2, NaN], 1)).toThrow('expected a score for every label but received NaN'))
})
