import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { permutationPValue } from '../../../src/audit/statistics/permutation-p-value.js'

describe('permutationPValue', () => {
  it('counts draws that are larger and those that tie', () => {
    expect(permutationPValue(3, [1, 2, 4, 5])).toBe(3 / 5)
    expect(permutationPValue(3, [1, 2, 3, 4])).toBe(3 / 5)
    expect(permutationPValue(6, [1, 2, 3, 4])).toBe(1 / 5)
  })
  it('is never 0 and at most 1', () => {
    expect(permutationPValue(9, new Float64Array(9999))).toBe(0.0001)
    expect(permutationPValue(0, new Float64Array(9999))).toBe(1)
  })
  it('counts draws that differ from what was observed only by rounding, and none that differ more', () => {
    for (const observed of [0.3, 7e-9, 1e12, -0.3, -1e12]) {
      const size = Math.abs(observed)
      expect(permutationPValue(observed, [observed - 0.9e-12 * size])).toBe(1)
      expect(permutationPValue(observed, [observed - 1.2e-12 * size])).toBe(0.5)
    }
    expect(permutationPValue(0.1 + 0.2, [0.3])).toBe(1)
  })
  it('counts ties at 0, below 0 and at infinity', () => {
    expect(permutationPValue(0, [0, -0, -1e-300])).toBe(3 / 4)
    expect(permutationPValue(-2, [-2, -3])).toBe(2 / 3)
    expect(permutationPValue(Infinity, [Infinity, 1e308])).toBe(2 / 3)
    expect(permutationPValue(-Infinity, [-Infinity, 5])).toBe(1)
  })
  it('does not rise as the observed value rises, nor with the order of draws', () => {
    const numbers = fc.double({ min: -10, max: 10, noNaN: true })
    fc.assert(
      fc.property(numbers, fc.array(numbers, { minLength: 1 }), (observed, draws) => {
        const p = permutationPValue(observed, draws)
        expect(permutationPValue(observed + 1, draws)).toBeLessThanOrEqual(p)
        expect(permutationPValue(observed, [...draws].reverse())).toBe(p)
        expect(p * (draws.length + 1)).toBeGreaterThanOrEqual(1 - 1e-9)
      }),
    )
  })
  it('refuses to go without draws', () => {
    expect(() => permutationPValue(1, [])).toThrow(RangeError)
    expect(() => permutationPValue(1, [])).toThrow('permutationPValue expected at least one draw but received 0')
  })
  it('refuses what is not a number, observed or drawn', () => {
    expect(() => permutationPValue(NaN, [1])).toThrow(RangeError)
    expect(() => permutationPValue(NaN, [1])).toThrow('expected an observed number but received NaN')
    expect(() => permutationPValue(1, [2, NaN])).toThrow(RangeError)
    expect(() => permutationPValue(1, [2, NaN])).toThrow('expected drawn numbers but received NaN')
  })
})
