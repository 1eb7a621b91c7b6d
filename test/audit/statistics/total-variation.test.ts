import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { totalVariation } from '../../../src/audit/statistics/total-variation.js'
import { CLOSED_FORM, expectClose, referenceRows } from './reference-rows.js'

const counts = fc.array(fc.nat(200), { minLength: 3, maxLength: 3 }).filter((labels) => labels.some((n) => n > 0))

describe('totalVariation', () => {
  it.each(referenceRows<{ first: number[]; second: number[] }>('total-variation'))(
    'agrees with exact fractions: $input',
    ({ input, expected }) => expectClose(totalVariation(input.first, input.second).value, expected.value, CLOSED_FORM),
  )
  it('is as published, and says what each label adds', () => {
    // specification, A9
    const { value, contributions } = totalVariation([90, 5, 5], [80, 15, 5])
    expectClose(value, 0.1, CLOSED_FORM)
    for (const [label, part] of [0.05, 0.05, 0].entries()) expectClose(contributions[label], part, CLOSED_FORM)
  })
  it('is 0 for equal shares and 1 without a common label', () => {
    expect(totalVariation([1, 2, 1], [10, 20, 10]).value).toBe(0)
    expect(totalVariation([7, 0], [0, 3])).toEqual({ value: 1, contributions: [0.5, 0.5] })
  })
  it('is the same when the sides are exchanged, and from 0 to 1', () => {
    fc.assert(
      fc.property(counts, counts, (first, second) => {
        const { value } = totalVariation(first, second)
        expect(totalVariation(second, first).value).toBe(value)
        expect(value >= 0 && value <= 1 + CLOSED_FORM).toBe(true)
      }),
    )
  })
  it('refuses other labels, counts that cannot be, and a side without images', () => {
    expect(() => totalVariation([1], [1, 2])).toThrow(
      'totalVariation expected counts of the same labels but received 1 and 2',
    )
    expect(() => totalVariation([1, -1], [1, 2])).toThrow('totalVariation expected whole counts from 0 but received -1')
    expect(() => totalVariation([1, 1], [1, 0.5])).toThrow('received 0.5')
    expect(() => totalVariation([0, 0], [1, 2])).toThrow('totalVariation expected at least one image but received 0')
    expect(() => totalVariation([1, 2], [0, 0])).toThrow(RangeError)
  })
})
