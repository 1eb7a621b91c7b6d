import { describe, expect, it } from 'vitest'
import { smallestDetectableRate } from '../../../src/audit/statistics/smallest-detectable-rate.js'

const margin = { difference: 0.01, ratio: 1.25 }
const detectable = (groupTotal: number, referenceRate: number, m: number) =>
  smallestDetectableRate({ groupTotal, referenceTotal: 10954 - groupTotal, referenceRate, alpha: 0.05 / m, margin }) ??
  NaN

describe('smallestDetectableRate', () => {
  it.each([
    // the specification, A10: gap in points at 1 %, 5 % and 14.4 %, for m = 1 and m = 14
    [30, [11.0, 13.9], [16.2, 20.9], [24.9, 31.7]],
    [118, [5.4, 6.9], [8.3, 10.6], [14.1, 17.6]],
    [396, [3.3, 4.0], [5.0, 6.2], [9.3, 11.2]],
    [753, [2.6, 3.1], [4.0, 4.9], [7.8, 9.2]],
    [2085, [2.0, 2.3], [3.0, 3.6], [6.3, 7.3]],
  ])('is as published for a group of %i', (groupTotal, ...gaps) => {
    const rates = [0.01, 0.05, 0.144]
    gaps.forEach((pair, place) => {
      const rate = rates[place] ?? NaN
      const found = [1, 14].map((m) => 100 * (detectable(groupTotal, rate, m) - rate))
      pair.forEach((gap, which) => expect(Math.abs((found[which] ?? NaN) - gap)).toBeLessThan(0.052)) // printed to one decimal
    })
  })
  it('is 0.0988 for 753 images at 5 %', () => expect(detectable(753, 0.05, 14)).toBeCloseTo(0.0988, 4)) // D6
  it('is 0.0648 in the annotated audit.json of the report specification', () => {
    const found = { groupTotal: 1555, referenceTotal: 9396, referenceRate: 313 / 9396, alpha: 0.05 / 14, margin }
    expect(smallestDetectableRate(found)).toBeCloseTo(0.0648, 4)
  })
  it('falls with more images and rises with more comparisons', () => {
    expect(detectable(2000, 0.05, 14)).toBeLessThan(detectable(1000, 0.05, 14))
    expect(detectable(1000, 0.05, 126)).toBeGreaterThan(detectable(1000, 0.05, 14))
  })
  it('is null where no rate would be found', () => {
    const common = { groupTotal: 100, referenceTotal: 1000, alpha: 0.05, margin }
    expect(smallestDetectableRate({ ...common, referenceRate: 0.9 })).toBeNull()
    expect(smallestDetectableRate({ ...common, referenceRate: 0.79 })).toBeNull()
    expect(smallestDetectableRate({ ...common, referenceRate: 0.05, share: 0.9 })).toBeNull()
  })
  it('refuses a side without images', () => {
    const at = (groupTotal: number, referenceTotal: number) => () =>
      smallestDetectableRate({ groupTotal, referenceTotal, referenceRate: 0.1, alpha: 0.05, margin })
    const message = 'smallestDetectableRate expected at least one observation on both sides but received'
    expect(at(0, 5)).toThrow(new RangeError(`${message} 0 and 5`))
    expect(at(5, 0)).toThrow(`${message} 5 and 0`)
    expect(at(1, 1)).not.toThrow()
  })
})
