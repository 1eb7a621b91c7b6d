import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findRoot } from '../../../src/audit/statistics/find-root.js'

describe('findRoot', () => {
  it('finds the square root of two to the last bits', () =>
    expect(Math.abs(findRoot((x) => x * x - 2, 0, 2) - Math.SQRT2)).toBeLessThan(1e-15))
  it('finds the same root with the ends exchanged', () =>
    expect(Math.abs(findRoot((x) => x * x - 2, 2, 0) - Math.SQRT2)).toBeLessThan(1e-15))
  it('returns an end that is itself a root', () => {
    expect(findRoot((x) => x, 0, 1)).toBe(0)
    expect(findRoot((x) => x - 1, 0, 1)).toBe(1)
  })
  it('works where the function is infinite at both ends', () =>
    expect(Math.abs(findRoot((x) => 1 / (1 - x) - 1 / (1 + x) - 1, -1, 1) - (Math.SQRT2 - 1))).toBeLessThan(1e-15))
  it('finds where a step changes sign', () => {
    expect(Math.abs(findRoot((x) => (x < 0.3 ? -1 : 1), 0, 1) - 0.3)).toBeLessThan(1e-15)
  })
  it('needs few steps on smooth functions', () => {
    let calls = 0
    findRoot(
      (x) => {
        calls += 1
        return Math.exp(x) - 5
      },
      -20,
      20,
    )
    expect(calls).toBeLessThan(20)
  })
  it('finds any planted root of a cubic', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.99, max: 0.99, noNaN: true }), (root) => {
        const found = findRoot((x) => (x - root) * (x * x + 1), -1, 1)
        expect(Math.abs(found - root)).toBeLessThan(1e-15)
      }),
    )
  })
  it('refuses ends of the same sign', () =>
    expect(() => findRoot((x) => x * x + 1, -1, 1)).toThrow(
      new RangeError('findRoot expected a change of sign between -1 and 1 but received 2 and 2'),
    ))
})
