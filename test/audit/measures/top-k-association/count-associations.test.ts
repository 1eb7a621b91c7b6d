import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  countAssociations,
  countingLabels,
} from '../../../../src/audit/measures/top-k-association/count-associations.js'
import type { Association, ScoredLabel } from '../../../../src/audit/measures/top-k-association/count-associations.js'
import { createRandom } from '../../../../src/audit/statistics/random.js'

const labels = (scores: Readonly<Record<string, number>>): ScoredLabel[] =>
  Object.entries(scores).map(([label, score]) => ({ label, score }))
const association = (id: string, ...of: string[]): Association => ({ id, labels: new Set(of) })
const ASSOCIATIONS = [
  association('non-human', 'dog', 'ape'),
  association('human', 'face'),
  association('crime', 'prison'),
]
const WOMEN = [labels({ dog: 0.6, face: 0.3 }), labels({ face: 0.9 }), labels({ prison: 0.5, dog: 0.2 })]
const OTHERS = [labels({ ape: 0.25, dog: 0.1 })]
const counted = (images: readonly ScoredLabel[][], cut = { threshold: 0, most: 5 }) =>
  countAssociations(images, ASSOCIATIONS, cut).map(({ count, total }) => [count, total])

describe('countAssociations', () => {
  it('counts images with at least one label of the association, of all images of the group (measures.md B4)', () => {
    expect(counted(WOMEN)).toEqual([[2, 3], [2, 3], [1, 3]]) // prettier-ignore
    expect(counted(OTHERS)).toEqual([[1, 1], [0, 1], [0, 1]]) // prettier-ignore
    expect(countAssociations(WOMEN, ASSOCIATIONS, { threshold: 0, most: 5 })[2]).toEqual({
      association: 'crime',
      count: 1,
      total: 3,
    })
  })

  it('keeps images in the total that are left without a label', () => {
    expect(counted([...WOMEN, []], { threshold: 0.55, most: 5 })).toEqual([[1, 4], [1, 4], [0, 4]]) // prettier-ignore
    expect(counted([], { threshold: 0, most: 5 })).toEqual([[0, 0], [0, 0], [0, 0]]) // prettier-ignore
  })

  it('lets one label stand for several associations', () => {
    const overlapping = [association('animal', 'dog'), association('pet', 'dog', 'cat')]
    const counts = countAssociations(WOMEN, overlapping, { threshold: 0, most: 5 })
    expect(counts.map(({ count }) => count)).toEqual([2, 2])
  })

  it('does not depend on the order of images or labels, and changes neither', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(0, 0.1, 0.3, 0.8), fc.integer({ min: 1, max: 3 }), (seed, threshold, most) => {
        const random = createRandom(seed)
        const images = Object.freeze([...WOMEN, ...OTHERS].map((ofImage) => Object.freeze(ofImage)))
        const shuffled = random.shuffle(images).map((ofImage) => random.shuffle(ofImage))
        expect(countAssociations(shuffled, ASSOCIATIONS, { threshold, most })).toEqual(
          countAssociations(images, ASSOCIATIONS, { threshold, most }),
        )
      }),
    ) // prettier-ignore
  })
})

describe('countingLabels', () => {
  const SCORES = labels({ ape: 0.4, dog: 0.6, face: 0.5, prison: 0.1 })

  it('keeps the highest scores that reach the threshold, which is enough', () => {
    expect(countingLabels(SCORES, { threshold: 0.5, most: 5 })).toEqual(['dog', 'face'])
    expect(countingLabels(SCORES, { threshold: 0.5001, most: 5 })).toEqual(['dog'])
    expect(countingLabels(SCORES, { threshold: 0, most: 2 })).toEqual(['dog', 'face'])
    expect(countingLabels(SCORES, { threshold: 0.9, most: 2 })).toEqual([])
    expect(countingLabels([], { threshold: 0, most: 1 })).toEqual([])
  })

  it('takes of equal scores the label listed first', () =>
    expect(countingLabels(labels({ b: 0.3, c: 0.5, a: 0.3 }), { threshold: 0, most: 2 })).toEqual(['c', 'b']))

  it('refuses scores and limits that are none', () => {
    expect(() => countingLabels(labels({ dog: NaN }), { threshold: 0, most: 1 })).toThrow(
      'countingLabels expected a score for every label but received NaN',
    )
    expect(() => countingLabels([], { threshold: NaN, most: 1 })).toThrow('expected a threshold but received NaN')
    expect(() => countingLabels([], { threshold: 0, most: 0 })).toThrow(
      'a whole number of labels from 1 but received 0',
    )
    expect(() => countingLabels([], { threshold: 0, most: 1.5 })).toThrow(RangeError)
  })
})
