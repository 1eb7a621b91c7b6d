import { lbfgs } from './lbfgs.js'
import { multinomialCurvature } from './multinomial-curvature.js'
import { multinomialLoss, type LabelledVectors } from './multinomial-loss.js'

export type MultinomialFit = {
  /** classes x dim, row-major. */
  readonly weights: Float64Array
  readonly intercepts: Float64Array
  /** The objective at the end. */
  readonly loss: number
  readonly iterations: number
  /** False: the gradient was still larger than the tolerance. The fit is what had been reached. */
  readonly converged: boolean
}

export type MultinomialSettings = {
  /** C: how much the cross-entropy weighs against the length of the weights. */
  readonly inverseRegularisation: number
  readonly mostIterations?: number
  readonly tolerance?: number
}

/** Multinomial logistic regression with an L2 penalty: weights and an intercept for each class that minimise
 *  ½ ‖W‖² + C Σ cross-entropy ({@link multinomialLoss}), from zero, by L-BFGS over the last ten steps that knows the curvature at zero. Deterministic; the vectors are taken as they are.
 *  Stops when no part of the gradient exceeds `tolerance` (1e-4) or after `mostIterations` (1,000).
 *  Throws RangeError unless there are two classes, each with an image, C is above 0 and the vectors are finite.
 *  Source: the linear probe of the CLIP paper, by the README of openai/CLIP: scikit-learn's LogisticRegression with C = 0.316.
 *  @example multinomialLogisticRegression({ vectors: Float32Array.of(1, -1), dim: 1, classOf: Int32Array.of(0, 1), classes: 2 }, { inverseRegularisation: 1 }).weights  // [0.337, -0.337] */
export function multinomialLogisticRegression(
  labelled: LabelledVectors,
  { inverseRegularisation, mostIterations = 1000, tolerance = 1e-4 }: MultinomialSettings,
): MultinomialFit {
  requireFittable(labelled, inverseRegularisation)
  const { classes, dim } = labelled
  const { point, value, iterations, converged } = lbfgs(
    multinomialLoss(labelled, inverseRegularisation),
    new Float64Array(classes * (dim + 1)),
    { memory: 10, mostIterations, tolerance, precondition: multinomialCurvature(labelled, inverseRegularisation) },
  )
  const weights = point.slice(0, classes * dim)
  return { weights, intercepts: point.slice(classes * dim), loss: value, iterations, converged }
}

/** The class with the highest score for each vector (images x dim, row-major); of equal ones the first.
 *  @example decideMultinomial({ weights: Float64Array.of(1, -1), intercepts: Float64Array.of(0, 0) }, Float32Array.of(2, -3))  // [0, 1] */
export function decideMultinomial(
  { weights, intercepts }: Pick<MultinomialFit, 'weights' | 'intercepts'>,
  vectors: Float32Array,
): Int32Array {
  const classes = intercepts.length
  const dim = weights.length / classes
  return Int32Array.from({ length: vectors.length / dim }, (_, image) => {
    let best = 0
    let highest = -Infinity
    for (let k = 0; k < classes; k++) {
      let score = intercepts[k]
      for (let i = 0; i < dim; i++) score += weights[k * dim + i] * vectors[image * dim + i]
      if (score > highest) {
        highest = score
        best = k
      }
    }
    return best
  })
}

function requireFittable({ vectors, dim, classOf, classes }: LabelledVectors, inverseRegularisation: number): void {
  const expect = (what: string, received: number | string): never => {
    throw new RangeError(`multinomialLogisticRegression expected ${what} but received ${received}`)
  }
  if (!(inverseRegularisation > 0)) expect('a C above 0', inverseRegularisation)
  if (!(classes >= 2)) expect('at least two classes', classes)
  if (vectors.length !== classOf.length * dim) expect(`${classOf.length} x ${dim} numbers`, vectors.length)
  if (!vectors.every(Number.isFinite)) expect('finite numbers', 'others')
  const seen = new Set(classOf)
  const absent = Array.from({ length: classes }, (_, k) => k).find((k) => !seen.has(k))
  if (absent !== undefined) expect('an image of every class', `none of class ${absent}`)
  if (seen.size > classes) expect(`classes from 0 to ${classes - 1}`, Math.max(...seen))
}
