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
  it.each([
    ['an exponential', (x: number) => Math.exp(x) - 5, -20, 20, 20],
    ['a power, where it must interpolate through three points', (x: number) => x * x * x * x * x - 3, 0, 4, 12],
    ['a line that ends at a root exactly', (x: number) => x - 0.25, 0, 1, 4],
    ['a flat root at 0, by halving down to the absolute tolerance', (x: number) => x * x * x, -1, 2, 60],
  ] as const)('needs few steps on %s', (_, f, start, end, most) => {
    expect(watched(f, start, end).calls).toBeLessThanOrEqual(most)
  })
  it('gives up after 200 steps, with the end at which the function is smaller', () => {
    // from 1e300 down to 1 it takes 997 halvings
    const upper = watched((x) => (x < 1 ? -2 : 1), 0, 1e300)
    expect(upper.calls).toBe(202)
    expect(upper.root).toBeGreaterThan(1)
    const lower = watched((x) => (x < 1 ? -1 : 2), 0, 1e300)
    expect(lower).toEqual({ root: 0, calls: 202 })
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

function watched(f: (x: number) => number, start: number, end: number): { root: number; calls: number } {
  let calls = 0
  const root = findRoot(
    (x) => {
      calls += 1
      return f(x)
    },
    start,
    end,
  )
  return { root, calls }
}
