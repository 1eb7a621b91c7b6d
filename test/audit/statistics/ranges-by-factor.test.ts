import { describe, expect, it } from 'vitest'
import { rangesByFactor } from '../../../src/audit/statistics/ranges-by-factor.js'
import { CLOSED_FORM, expectClose, referenceRows } from './reference-rows.js'

describe('rangesByFactor', () => {
  it.each(referenceRows<{ values: number[]; cells: number[][] }>('ranges-by-factor'))(
    'is the largest distance of two cells that differ in this factor alone: $expected.factor0',
    ({ input, expected }) => {
      rangesByFactor(input.values, input.cells).forEach((range, factor) =>
        expectClose(range, expected[`factor${factor}`], CLOSED_FORM),
      )
    },
  )
  it('is 0 where no two cells differ in a factor alone', () => {
    expect(rangesByFactor([1, 9], [[0, 0], [1, 1]])).toEqual([0, 0]) // prettier-ignore
    expect(rangesByFactor([4], [[0, 0]])).toEqual([0, 0])
  })
  it('does not mix cells that differ in another factor as well', () => {
    expect(rangesByFactor([0, 1, 100], [[0, 0], [1, 0], [1, 1]])).toEqual([1, 99]) // prettier-ignore
  })
  it('refuses no cells, and values that are none', () => {
    expect(() => rangesByFactor([], [])).toThrow('expected one finite value for each of 0 cells, one or more')
    expect(() => rangesByFactor([1], [[0], [1]])).toThrow(RangeError) // prettier-ignore
    expect(() => rangesByFactor([Infinity], [[0]])).toThrow(RangeError)
  })
})
