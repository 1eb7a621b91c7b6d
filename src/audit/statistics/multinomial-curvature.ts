import { choleskySolver } from './cholesky-solver.js'
import type { LabelledVectors } from './multinomial-loss.js'

const IMAGES_PER_DIMENSION = 8 // more change the directions of the vectors by little, and cost as much as many evaluations of the loss

/** Divides, in place, by the second derivatives that {@link import('./multinomial-loss.js').multinomialLoss} has at zero, where every class is equally likely:
 *
 *      (penalty + C / classes · Σ over images of x xᵀ) of each class, x with a 1 for the intercept
 *
 *  Image vectors of one encoder lie in a narrow cone, long in a few directions and short in most; a descent that is told so needs a tenth of the
 *  iterations, and ends in the same minimum. Of many images an evenly spread part is taken.
 *  Source: the bound of Böhning 1992, with the curvature at zero in place of its bound.
 *  @example multinomialCurvature({ vectors: Float32Array.of(1, -1), dim: 1, classOf: Int32Array.of(0, 1), classes: 2 }, 1)(Float64Array.of(3, 6, 1, 1))  // [1, 2, 1, 1] */
export function multinomialCurvature(
  { vectors, dim, classOf, classes }: LabelledVectors,
  inverseRegularisation: number,
): (parameters: Float64Array) => Float64Array {
  const images = classOf.length
  const stride = Math.max(1, Math.floor(images / (IMAGES_PER_DIMENSION * dim)))
  const size = dim + 1
  const matrix = new Float64Array(size * size)
  const factor = (inverseRegularisation / classes) * (images / Math.ceil(images / stride))
  for (let image = 0; image < images; image += stride) addOuter(matrix, vectors, image * dim, dim, factor)
  const penalty = classes === 2 ? 2 : 1
  for (let i = 0; i < dim; i++) matrix[i * size + i] += penalty
  const divide = choleskySolver(matrix, size)
  const own = new Float64Array(size)
  return (parameters) => {
    for (let k = 0; k < classes; k++) {
      own.set(parameters.subarray(k * dim, (k + 1) * dim))
      own[dim] = parameters[classes * dim + k]
      divide(own)
      parameters.set(own.subarray(0, dim), k * dim)
      parameters[classes * dim + k] = own[dim]
    }
    return parameters
  }
}

/** Adds factor · x xᵀ to the lower triangle, x with a 1 at its end. */
function addOuter(matrix: Float64Array, vectors: Float32Array, at: number, dim: number, factor: number): void {
  const size = dim + 1
  for (let i = 0; i < dim; i++) {
    const scaled = factor * vectors[at + i]
    const row = i * size
    for (let j = 0; j <= i; j++) matrix[row + j] += scaled * vectors[at + j]
  }
  const last = dim * size
  for (let j = 0; j < dim; j++) matrix[last + j] += factor * vectors[at + j]
  matrix[last + dim] += factor
}
