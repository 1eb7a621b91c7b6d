import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { medianInPlace } from '../../../src/audit/statistics/median-in-place.js'
import { quantile } from '../../../src/audit/statistics/quantile.js'

describe('medianInPlace', () => {
  it('is the middle quantile of the sorted numbers, ties and infinities included, and keeps the numbers', () => {
    const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true, min: -1, max: 1 }))
    fc.assert(
      fc.property(fc.array(fc.oneof(value, fc.constant(Infinity)), { minLength: 1, maxLength: 40 }), (values) => {
        const mixed = Float64Array.from(values)
        const sorted = Float64Array.from(values).sort()
        expect(medianInPlace(mixed)).toBe(quantile(sorted, 0.5))
        expect([...mixed.sort()]).toEqual([...sorted])
      }),
    )
  })
  it.each([
    [[7], 7],
    [[1, 3], 2],
    [[5, 1, 9], 5],
    [[2, 2, 2, 2], 2],
    [[4, 3, 2, 1, 0], 2],
  ])('of %j is %d', (values, expected) => expect(medianInPlace(Float64Array.from(values))).toBe(expected))
  it('refuses no values', () => {
    expect(() => medianInPlace(new Float64Array(0))).toThrow(
      'medianInPlace expected at least one value but received none',
    )
  })
})
