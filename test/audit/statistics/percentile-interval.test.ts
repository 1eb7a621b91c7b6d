import { describe, expect, it } from 'vitest'
import { percentileInterval } from '../../../src/audit/statistics/percentile-interval.js'
import { CLOSED_FORM, expectClose, referenceRows } from './reference-rows.js'

describe('percentileInterval', () => {
  it.each(referenceRows<{ alpha: number; replicates: number[] }>('bootstrap-interval'))(
    'agrees with scipy at alpha $input.alpha',
    ({ input, expected }) => {
      const { low, high } = percentileInterval(Object.freeze(input.replicates), input.alpha)
      expectClose(low, expected.percentileLow, CLOSED_FORM)
      expectClose(high, expected.percentileHigh, CLOSED_FORM)
    },
  )
  it('leaves out alpha / 2 at each end, 5 % together by default', () => {
    const replicates = Array.from({ length: 201 }, (_, place) => 200 - place)
    expect(percentileInterval(replicates)).toEqual({ low: 5, high: 195 })
    expect(percentileInterval(replicates, 0.2)).toEqual({ low: 20, high: 180 })
  })
  it('refuses no replicates and an error level outside 0 to 1', () => {
    expect(() => percentileInterval([])).toThrow('percentileInterval expected replicates')
    expect(() => percentileInterval([1], 1)).toThrow('percentileInterval expected a level')
  })
})
