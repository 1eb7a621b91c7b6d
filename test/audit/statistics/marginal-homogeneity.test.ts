import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { marginalHomogeneity } from '../../../src/audit/statistics/marginal-homogeneity.js'

const flow = [
  [9, 3, 0, 0, 0],
  [1, 9, 0, 0, 2],
  [0, 0, 9, 4, 0],
  [0, 0, 5, 9, 0],
  [0, 0, 0, 0, 9],
]

describe('marginalHomogeneity', () => {
  it('takes what each category had first less what it has then', () =>
    expect(marginalHomogeneity('caller', flow).differences).toEqual([2, 0, -1, 1, -2]))
  it('has the statistic of any differences, summed over sets of categories without flow between them', () => {
    const { statisticOf, sets, degreesOfFreedom } = marginalHomogeneity('caller', flow)
    expect([sets, degreesOfFreedom]).toEqual([2, 3])
    // covariance of categories 0 and 1: [4 -4; -4 6], inverse [6 4; 4 4] / 8; of category 2: 9
    expect(statisticOf([2, 0, 0, 0, -2])).toBeCloseTo(3, 13)
    expect(statisticOf([0, 2, 0, 0, -2])).toBeCloseTo(2, 13)
    expect(statisticOf([2, 2, 3, -3, -4])).toBeCloseTo(9 + 1, 12)
    expect(statisticOf([0, 0, 0, 0, 0])).toBe(0)
  })
  it('links categories through others', () => {
    const chain = [
      [0, 5, 0],
      [0, 0, 7],
      [0, 0, 0],
    ]
    const { sets, degreesOfFreedom, statisticOf } = marginalHomogeneity('caller', chain)
    expect([sets, degreesOfFreedom]).toEqual([1, 2])
    // without the middle one: covariance [5 0; 0 7]
    expect(statisticOf([5, 2, -7])).toBeCloseTo(5 + 7, 13)
    const star = [
      [0, 2, 3, 4],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]
    // without the first: covariance diag(2, 3, 4)
    expect(marginalHomogeneity('caller', star).statisticOf([-3, 1, 1, 1])).toBeCloseTo(1 / 2 + 1 / 3 + 1 / 4, 13)
    expect(marginalHomogeneity('caller', star).degreesOfFreedom).toBe(3)
  })
  it('is the inverse of the covariance: S x has the statistic x’S x', () => {
    const row = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(fc.array(row, { minLength: 5, maxLength: 5 }), row, (any, x) => {
        const linked = any.map((images, i) => images.map((part, j) => (j === i + 1 ? part + 1 : part)))
        const exchanged = (i: number, j: number) => linked[i][j] + linked[j][i]
        const image = x.map((_, i) => x.reduce((sum, other, j) => sum + exchanged(i, j) * (x[i] - other), 0))
        const expected = x.reduce(
          (sum, one, i) =>
            sum + x.slice(i).reduce((part, other, j) => part + exchanged(i, i + j) * (one - other) ** 2, 0),
          0,
        )
        const found = marginalHomogeneity('caller', linked).statisticOf(image)
        expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-10 * expected)
      }),
    )
  })
  it('lists the categories that no image left or entered', () => {
    expect(marginalHomogeneity('caller', flow).droppedCategories).toEqual([])
    const withStill = [...flow.map((row) => [...row, 0]), [0, 0, 0, 0, 0, 7]]
    expect(marginalHomogeneity('caller', withStill).droppedCategories).toEqual([5])
  })
  it('refuses, in the name of its caller, flow that is none and flow without movement', () => {
    expect(() => marginalHomogeneity('caller', [[1, 2]])).toThrow('caller expected 1 columns')
    expect(() => marginalHomogeneity('caller', [[4]])).toThrow(
      'caller expected at least one image that changes its category but received none',
    )
  })
})
