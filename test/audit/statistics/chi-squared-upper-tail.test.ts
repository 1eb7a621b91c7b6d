import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chiSquaredUpperTail } from '../../../src/audit/statistics/chi-squared-upper-tail.js'
import { normalUpperTail } from '../../../src/audit/statistics/normal-upper-tail.js'
import { ROOT_FOUND, expectClose, referenceRows } from './reference-rows.js'

type Input = { readonly statistic: number; readonly degreesOfFreedom: number }

describe('chiSquaredUpperTail', () => {
  it.each(referenceRows<Input>('chi-squared-upper-tail'))(
    'agrees with scipy and mpmath down to 1e-300: $input',
    ({ input, expected }) =>
      expectClose(chiSquaredUpperTail(input.statistic, input.degreesOfFreedom), expected.p, ROOT_FOUND),
  )
  it('with one degree of freedom is both tails of a normal, with two an exponential', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 37, noNaN: true }), (z) => {
        expectClose(chiSquaredUpperTail(z * z, 1), 2 * normalUpperTail(z), 1e-11)
        expectClose(chiSquaredUpperTail(z * z, 2), Math.exp((-z * z) / 2), 1e-11)
      }),
    )
  })
  it('falls as the statistic rises, and rises with the degrees of freedom', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 100, noNaN: true }), fc.integer({ min: 1, max: 60 }), (x, degrees) => {
        const p = chiSquaredUpperTail(x, degrees)
        expect(p).toBeGreaterThanOrEqual(chiSquaredUpperTail(x * 1.01, degrees) * (1 - 1e-12))
        expect(p * (1 - 1e-12)).toBeLessThanOrEqual(chiSquaredUpperTail(x, degrees + 1))
        expect(p).toBeGreaterThan(0)
        expect(p).toBeLessThanOrEqual(1)
      }),
    )
  })
  it('is 1 at a statistic of 0 and 0 at infinity', () => {
    expect(chiSquaredUpperTail(0, 4)).toBe(1)
    expect(chiSquaredUpperTail(Infinity, 4)).toBe(0)
  })
  it('refuses a statistic below 0 and one that is no number', () => {
    for (const statistic of [-1e-9, NaN]) {
      expect(() => chiSquaredUpperTail(statistic, 1)).toThrow(RangeError)
      expect(() => chiSquaredUpperTail(statistic, 1)).toThrow(
        `chiSquaredUpperTail expected a statistic of at least 0 but received ${statistic}`,
      )
    }
  })
  it('refuses degrees of freedom that are not whole or below 1', () => {
    for (const degrees of [0, 1.5, -2, NaN, Infinity]) {
      expect(() => chiSquaredUpperTail(1, degrees)).toThrow(RangeError)
      expect(() => chiSquaredUpperTail(1, degrees)).toThrow(
        `chiSquaredUpperTail expected at least one whole degree of freedom but received ${degrees}`,
      )
    }
    expect(() => chiSquaredUpperTail(1, 1)).not.toThrow()
  })
})
