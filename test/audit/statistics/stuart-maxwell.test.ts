import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stuartMaxwell } from '../../../src/audit/statistics/stuart-maxwell.js'
import { CLOSED_FORM, ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'

type Flow = number[][]

/** Any flow between four categories; each is linked to the next, so that the covariance is regular. */
const flows: fc.Arbitrary<Flow> = fc
  .array(fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 4, maxLength: 4 }), { minLength: 4, maxLength: 4 })
  .map((flow) => flow.map((row, i) => row.map((images, j) => (j === i + 1 ? images + 1 : images))))

function transposed(flow: Flow): Flow {
  return flow.map((row, i) => row.map((_, j) => flow[j][i]))
}

function reordered(flow: Flow, order: readonly number[]): Flow {
  return order.map((i) => order.map((j) => flow[i][j]))
}

describe('stuartMaxwell', () => {
  it.each(referenceRows<{ flow: Flow }>('stuart-maxwell'))(
    'agrees with statsmodels and exact fractions: $input.flow',
    ({ input, expected }) => {
      const { statistic, degreesOfFreedom, p, droppedCategories } = stuartMaxwell(input.flow)
      expectClose(statistic, expected.statistic, CLOSED_FORM)
      expect(degreesOfFreedom).toBe(expected.degreesOfFreedom)
      expectClose(p, expected.p, ROOT_FOUND)
      expect(droppedCategories).toEqual([])
    },
  )
  it('is as published', () => {
    // specification, A6
    const { statistic, degreesOfFreedom, p } = stuartMaxwell([
      [20, 10, 5],
      [3, 30, 15],
      [0, 5, 40],
    ])
    expect(statistic).toBeCloseTo(13.7647059, 7)
    expect(degreesOfFreedom).toBe(2)
    expectClose(p, 0.00102572773, 1e-8)
  })
  it('of two categories is McNemar’s chi-squared', () => {
    const { statistic, degreesOfFreedom } = stuartMaxwell([
      [100, 2],
      [12, 7],
    ])
    expectClose(statistic, 100 / 14, CLOSED_FORM)
    expect(degreesOfFreedom).toBe(1)
  })
  it('drops categories without flow, wherever they stand, and lists them', () => {
    const without = stuartMaxwell([
      [20, 10, 5],
      [3, 30, 15],
      [0, 5, 40],
    ])
    const withTwo = stuartMaxwell([
      [20, 0, 10, 5, 0],
      [0, 9, 0, 0, 0],
      [3, 0, 30, 15, 0],
      [0, 0, 5, 40, 0],
      [0, 0, 0, 0, 0],
    ])
    expect(withTwo).toEqual({ ...without, droppedCategories: [1, 4] })
  })
  it('does not change with the order of categories or of runs, nor with images that stayed', () => {
    fc.assert(
      fc.property(flows, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (flow, order) => {
        const { statistic } = stuartMaxwell(flow)
        const close = (other: Flow) =>
          expect(Math.abs(stuartMaxwell(other).statistic - statistic)).toBeLessThanOrEqual(1e-11 * (1 + statistic))
        close(reordered(flow, order))
        close(transposed(flow))
        close(flow.map((row, i) => row.map((images, j) => (i === j ? images + 1000 : images))))
      }),
    )
  })
  it('is 0 where as many images moved each way', () =>
    expect(
      stuartMaxwell([
        [5, 4, 2],
        [4, 5, 0],
        [2, 0, 5],
      ]),
    ).toEqual({ statistic: 0, degreesOfFreedom: 2, p: 1, droppedCategories: [] }))
  it('refuses sets of categories without flow between them, and says what to do', () => {
    const apart = [
      [9, 3, 0, 0],
      [1, 9, 0, 0],
      [0, 0, 9, 2],
      [0, 0, 8, 9],
    ]
    expect(() => stuartMaxwell(apart)).toThrow(RangeError)
    expect(() => stuartMaxwell(apart)).toThrow(
      'stuartMaxwell expected flow that links all categories but received 2 sets without flow between them; use stuartMaxwellPermutation',
    )
  })
  it('refuses a matrix in which no image moved, and one that is no flow', () => {
    expect(() =>
      stuartMaxwell([
        [5, 0],
        [0, 3],
      ]),
    ).toThrow('stuartMaxwell expected at least one image that changes its category but received none')
    expect(() => stuartMaxwell([[1, 2]])).toThrow('stuartMaxwell expected 1 columns')
  })
})
