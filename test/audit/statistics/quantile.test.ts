import { describe, expect, it } from 'vitest'
import { quantile } from '../../../src/audit/statistics/quantile.js'
import { CLOSED_FORM, expectClose, referenceRows } from './reference-rows.js'

describe('quantile', () => {
  it.each(referenceRows<{ values: number[]; share: number }>('quantile'))(
    'agrees with numpy: $input.share',
    ({ input, expected }) => {
      const ascending = [...input.values].sort((a, b) => a - b)
      expectClose(quantile(ascending, input.share), expected.value, CLOSED_FORM)
    },
  )
  it('lies between two values by straight line', () => {
    expect(quantile([1, 2, 4, 8], 0.5)).toBe(3)
    expect(quantile([1, 2, 4, 8], 0.25)).toBe(1.75)
  })
  it('of one value is that value', () => {
    for (const share of [0, 0.3, 1]) expect(quantile([7], share)).toBe(7)
  })
  it('takes infinite values', () => {
    expect(quantile([1, Infinity, Infinity], 0.75)).toBe(Infinity)
    expect(quantile([1, 2, Infinity], 0.5)).toBe(2)
    expect(quantile([1, 2, Infinity], 0.51)).toBe(Infinity)
  })
  it('refuses no values and a share outside 0 to 1', () => {
    expect(() => quantile([], 0.5)).toThrow(new RangeError('quantile expected at least one value but received none'))
    for (const share of [-0.1, 1.1, NaN]) {
      expect(() => quantile([1], share)).toThrow(`quantile expected a share from 0 to 1 but received ${share}`)
    }
  })
})
