import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choleskySolver } from '../../../src/audit/statistics/cholesky-solver.js'

describe('choleskySolver', () => {
  it('gives back what a matrix was multiplied with', () => {
    const entries = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 20, maxLength: 20 })
    fc.assert(
      fc.property(entries, entries, (parts, wanted) => {
        // B Bᵀ + I is positive definite whatever B is
        const matrix = Float64Array.from({ length: 16 }, (_, at) => {
          const [i, j] = [Math.floor(at / 4), at % 4]
          const product = [0, 1, 2, 3, 4].reduce((sum, k) => sum + parts[i * 5 + k] * parts[j * 5 + k], 0)
          return product + (i === j ? 1 : 0)
        })
        const b = Float64Array.from({ length: 4 }, (_, i) =>
          [0, 1, 2, 3].reduce((sum, j) => sum + matrix[i * 4 + j] * wanted[j], 0),
        )
        choleskySolver(matrix.slice(), 4)(b).forEach((part, i) => expect(part).toBeCloseTo(wanted[i], 9))
      }),
    )
  })
  it('agrees with numpy.linalg.solve of numpy 2.4', () => {
    const matrix = Float64Array.of(4, 9, 9, 2, 5, 9, 1, 3, 6) // the upper triangle is not read
    const solved = choleskySolver(matrix, 3)(Float64Array.of(1, 2, 3))
    const expected = [0.08955223880597016, 0.10447761194029853, 0.43283582089552236]
    expected.forEach((part, i) => expect(solved[i]).toBeCloseTo(part, 12))
  })
  it('refuses a matrix that is not positive definite', () =>
    expect(() => choleskySolver(Float64Array.of(1, 0, 2, 1), 2)).toThrow(RangeError))
})
