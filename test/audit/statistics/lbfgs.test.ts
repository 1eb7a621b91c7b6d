import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lbfgs, type SmoothFunction } from '../../../src/audit/statistics/lbfgs.js'

/** Rosenbrock's valley: one minimum, at ones, behind a bend. */
const valley: SmoothFunction = (point, gradient) => {
  gradient.fill(0)
  let value = 0
  for (let i = 0; i + 1 < point.length; i++) {
    const bend = point[i + 1] - point[i] ** 2
    value += 100 * bend ** 2 + (1 - point[i]) ** 2
    gradient[i] += -400 * bend * point[i] - 2 * (1 - point[i])
    gradient[i + 1] += 200 * bend
  }
  return value
}
const stretched =
  (scales: readonly number[]): SmoothFunction =>
  (point, gradient) =>
    scales.reduce((value, scale, i) => {
      gradient[i] = scale * (point[i] - i)
      return value + (scale / 2) * (point[i] - i) ** 2
    }, 0)

describe('lbfgs', () => {
  it.each([2, 5, 30])('finds the end of a bent valley in %i dimensions', (dimensions) => {
    // scipy.optimize 1.17, minimize(rosen, [-1.2, 1, -1.2, ...], method="L-BFGS-B"), ends at ones as well
    const start = Float64Array.from({ length: dimensions }, (_, i) => (i % 2 === 0 ? -1.2 : 1))
    const { point, converged } = lbfgs(valley, start, { tolerance: 1e-9 })
    expect(converged).toBe(true)
    point.forEach((part) => expect(part).toBeCloseTo(1, 7))
  })
  it('does not depend on how the axes are stretched', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1e-2, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 8 }),
        (scales) => {
          const { point, converged } = lbfgs(stretched(scales), new Float64Array(scales.length), { tolerance: 1e-7 })
          expect(converged).toBe(true)
          point.forEach((part, i) => expect(part).toBeCloseTo(i, 4))
        },
      ),
      { numRuns: 50 },
    )
  })
  it('needs one iteration where it is told the curvature', () => {
    const scales = [1e-3, 1, 1e5]
    const precondition = (vector: Float64Array): void => vector.forEach((part, i) => (vector[i] = part / scales[i]))
    expect(lbfgs(stretched(scales), new Float64Array(3), { precondition })).toMatchObject({
      iterations: 1,
      converged: true,
    })
    expect(lbfgs(stretched(scales), new Float64Array(3)).iterations).toBeGreaterThan(3)
  })
  it('never goes up, iteration by iteration', () => {
    const values = [...Array(12).keys()].map(
      (mostIterations) => lbfgs(valley, Float64Array.of(-1.2, 1), { mostIterations }).value,
    )
    expect(values).toEqual([...values].sort((a, b) => b - a))
  })
  it('says that the iterations ran out', () =>
    expect(lbfgs(valley, Float64Array.of(-1.2, 1), { mostIterations: 3 })).toMatchObject({
      iterations: 3,
      converged: false,
    }))
  it('says that nothing stops it going down', () =>
    expect(lbfgs(([x], gradient) => ((gradient[0] = 1), x), Float64Array.of(0)).converged).toBe(false))
  it('leaves the start as it was, and gives the same bits again', () => {
    const start = Float64Array.of(-1.2, 1)
    expect(lbfgs(valley, start)).toEqual(lbfgs(valley, start))
    expect([...start]).toEqual([-1.2, 1])
  })
  it('refuses a start at which the function has no value', () =>
    expect(() => lbfgs(() => NaN, Float64Array.of(0))).toThrow(RangeError))
})
