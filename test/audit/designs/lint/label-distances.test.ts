import { describe, expect, it } from 'vitest'
import { clustersOf, labelDistances } from '../../../../src/audit/designs/lint/label-distances.js'
import { angles, design } from './designs.js'

const labels = (count: number) => design(Array.from({ length: count }, (_, index) => `label ${index}=person`))
const at = (...degrees: number[]) => labelDistances(angles(labels(degrees.length), degrees))

describe('labelDistances', () => {
  it('is the cosine of the angle between two class vectors', () => {
    expect(at(0, 60)?.cosine(0, 1)).toBeCloseTo(0.5, 6)
    expect(at(0, 60)?.cosine(1, 0)).toBeCloseTo(0.5, 6)
  })

  it('takes the absolute limit where the labels lie close together, as those of CLIP do', () => {
    expect(at(0, 20, 40, 60, 80)?.nearCosine).toBe(0.98)
  })

  it('takes a quarter of the median distance where they lie far apart', () => {
    // five labels 72 degrees apart: five distances of 2 sin 36 degrees, five of 2 sin 72; the median is their mean cosine
    const median = (Math.cos((72 * Math.PI) / 180) + Math.cos((144 * Math.PI) / 180)) / 2
    const quarter = Math.sqrt(2 - 2 * median) / 4
    expect(at(0, 72, 144, 216, 288)?.nearCosine).toBeCloseTo(1 - quarter ** 2 / 2, 6)
  })

  it('does not trust the median of fewer than five labels', () => {
    expect(at(0, 90, 180, 270)?.nearCosine).toBe(0.98)
  })

  it('has none where a prompt does not fit', () => {
    expect(labelDistances(angles(labels(2), [0, 1], { vectors: null }))).toBeNull()
  })
})

describe('clustersOf', () => {
  it('joins what is linked by way of another, and leaves out what stands alone', () => {
    const links = [[0, 3], [3, 1], [2, 5]] // prettier-ignore
    const areLinked = (left: number, right: number) =>
      links.some(([a, b]) => (a === left && b === right) || (a === right && b === left))
    expect(clustersOf(6, areLinked)).toEqual([[0, 1, 3], [2, 5]]) // prettier-ignore
  })
})
