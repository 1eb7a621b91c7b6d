import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { varianceShares } from '../../../src/audit/statistics/variance-shares.js'
import { ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'

const CELLS = [0, 1].flatMap((row) => [0, 1, 2].map((column) => [row, column]))
const WORKED = [0.1, 0.12, 0.02, 0.14, 0.18, 0.04]

describe('varianceShares', () => {
  it.each(referenceRows<{ values: number[]; cells: number[][] }>('variance-shares'))(
    'agrees with an analysis of variance: rest $expected.rest',
    ({ input, expected }) => {
      const { factors, rest } = varianceShares(input.values, input.cells)
      // fitted least squares leave more rounding than a closed form
      factors.forEach((share, factor) => expectClose(share, expected[`factor${factor}`], ROOT_FOUND))
      expectClose(rest, expected.rest, ROOT_FOUND)
    },
  )
  it('gives the worked value of the specification', () => {
    const { factors, rest } = varianceShares(WORKED, CELLS)
    expect(factors[0]).toBeCloseTo(0.130435, 6)
    expect(factors[1]).toBeCloseTo(0.847826, 6)
    expect(rest).toBeCloseTo(0.021739, 6)
  })
  it('gives everything to the only factor that moves the value', () => {
    const { factors, rest } = varianceShares([1, 2, 3, 1, 2, 3], CELLS)
    expect(factors).toEqual([0, 1])
    expect(rest).toBe(0)
  })
  it('gives nothing to factors that only work together', () => {
    const { factors, rest } = varianceShares([1, 0, 0, 1], [[0, 0], [0, 1], [1, 0], [1, 1]]) // prettier-ignore
    expect([...factors, rest]).toEqual([0, 0, 1])
  })
  it('adds up to 1, whatever the scale and the order of the cells', () => {
    const values = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 })
    fc.assert(
      fc.property(
        values.filter((each) => Math.max(...each) - Math.min(...each) > 1e-6),
        (each) => {
          const { factors, rest } = varianceShares(each, CELLS)
          expect(factors.every((share) => share >= 0 && share <= 1 + 1e-9)).toBe(true)
          expect(factors.reduce((sum, share) => sum + share, rest)).toBeCloseTo(1, 9)
          const moved = varianceShares(
            [...each].reverse().map((value) => 5 * value + 2),
            [...CELLS].reverse(),
          )
          moved.factors.forEach((share, factor) => expect(share).toBeCloseTo(factors[factor], 6))
        },
      ),
    )
  })
  it('refuses values that do not differ, designs that are not a full cross, and values that are none', () => {
    expect(() => varianceShares([1, 1, 1, 1, 1, 1], CELLS)).toThrow(
      'varianceShares expected values that differ but received equal ones',
    )
    expect(() => varianceShares(WORKED.slice(1), CELLS.slice(1))).toThrow('expected the full cross of the factors')
    expect(() => varianceShares(WORKED.slice(1), CELLS)).toThrow('expected one finite value for each of 6 cells')
    expect(() => varianceShares([NaN, ...WORKED.slice(1)], CELLS)).toThrow(RangeError)
  })
})
