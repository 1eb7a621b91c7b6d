/** Solves A z = b in place for a symmetric positive definite A, given by its lower triangle (size x size, row-major), which is overwritten with its
 *  Cholesky factor. Throws RangeError if A is not positive definite. Cost: size³ / 6 products once, size² for each b.
 *  @example choleskySolver(Float64Array.of(4, 0, 2, 3), 2)(Float64Array.of(6, 5))  // [1, 1] */
export function choleskySolver(matrix: Float64Array, size: number): (b: Float64Array) => Float64Array {
  for (let i = 0; i < size; i++) {
    const row = i * size
    for (let j = 0; j <= i; j++) {
      const other = j * size
      let sum = matrix[row + j]
      for (let k = 0; k < j; k++) sum -= matrix[row + k] * matrix[other + k]
      if (j < i) matrix[row + j] = sum / matrix[other + j]
      else if (sum > 0) matrix[row + i] = Math.sqrt(sum)
      else throw new RangeError(`choleskySolver expected a positive definite matrix but received ${sum} at row ${i}`)
    }
  }
  return (b) => {
    for (let i = 0; i < size; i++) {
      let sum = b[i]
      for (let k = 0; k < i; k++) sum -= matrix[i * size + k] * b[k]
      b[i] = sum / matrix[i * size + i]
    }
    // column by column from the end: rows of the factor are read in the order in which they lie
    for (let i = size - 1; i >= 0; i--) {
      b[i] /= matrix[i * size + i]
      for (let k = 0; k < i; k++) b[k] -= matrix[i * size + k] * b[i]
    }
    return b
  }
}
