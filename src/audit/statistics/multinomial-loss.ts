import type { SmoothFunction } from './lbfgs.js'

/** Vectors of which the class is known: `vectors` images x dim, row-major; `classOf[image]` from 0 to below `classes`. */
export type LabelledVectors = {
  readonly vectors: Float32Array
  readonly dim: number
  readonly classOf: Int32Array
  readonly classes: number
}

/** The objective of multinomial logistic regression, ready for a descent:
 *
 *      ½ ‖W‖² + C Σ over images of −ln softmax(W x + b)[class]
 *
 *  of the parameters W (classes x dim, row-major) followed by the intercepts b, which are not penalised. With two classes the penalty is ‖W‖², so
 *  that the difference of the two vectors costs ½ of its square: scikit-learn fits that difference alone.
 *  Sums are in float64; one evaluation costs 2 x images x classes x dim products.
 *  @example multinomialLoss({ vectors: Float32Array.of(1, -1), dim: 1, classOf: Int32Array.of(0, 1), classes: 2 }, 1)(new Float64Array(4), new Float64Array(4))  // 1.386294 */
export function multinomialLoss(labelled: LabelledVectors, inverseRegularisation: number): SmoothFunction {
  const { vectors, dim, classOf, classes } = labelled
  const images = classOf.length
  const penalty = classes === 2 ? 1 : 0.5
  const residuals = new Float64Array(BLOCK * classes)
  return (parameters, gradient) => {
    const intercepts = classes * dim
    let squares = 0
    for (let i = 0; i < intercepts; i++) {
      squares += parameters[i] * parameters[i]
      gradient[i] = 2 * penalty * parameters[i]
    }
    gradient.fill(0, intercepts)
    let loss = 0
    for (let start = 0; start < images; start += BLOCK) {
      const rows = Math.min(BLOCK, images - start)
      scoreBlock(residuals, vectors, parameters, { start, rows, dim, classes })
      for (let row = 0; row < rows; row++)
        loss += toResiduals(residuals, row * classes, classes, classOf[start + row], inverseRegularisation)
      addBlock(gradient, residuals, vectors, { start, rows, dim, classes })
    }
    return penalty * squares + inverseRegularisation * loss
  }
}

const BLOCK = 32 // rows that stay in the fast cache while all classes go over them

type Block = { readonly start: number; readonly rows: number; readonly dim: number; readonly classes: number }

/** Scores of a block of images: rows x classes. Two images and three classes at a time: six sums stay in registers. */
function scoreBlock(
  scores: Float64Array,
  vectors: Float32Array,
  parameters: Float64Array,
  { start, rows, dim, classes }: Block,
): void {
  const intercepts = classes * dim
  for (let k = 0; k < classes; k += 3) {
    // where fewer than three are left, the last is scored again: the same number is written twice
    const k1 = Math.min(k + 1, classes - 1)
    const k2 = Math.min(k + 2, classes - 1)
    const w0 = k * dim
    const w1 = k1 * dim
    const w2 = k2 * dim
    for (let row = 0; row < rows; row += 2) {
      const other = Math.min(row + 1, rows - 1)
      const x0 = (start + row) * dim
      const x1 = (start + other) * dim
      let a0 = parameters[intercepts + k]
      let a1 = parameters[intercepts + k1]
      let a2 = parameters[intercepts + k2]
      let b0 = a0
      let b1 = a1
      let b2 = a2
      for (let i = 0; i < dim; i++) {
        const a = vectors[x0 + i]
        const b = vectors[x1 + i]
        const p0 = parameters[w0 + i]
        const p1 = parameters[w1 + i]
        const p2 = parameters[w2 + i]
        a0 += a * p0
        a1 += a * p1
        a2 += a * p2
        b0 += b * p0
        b1 += b * p1
        b2 += b * p2
      }
      scores[row * classes + k] = a0
      scores[row * classes + k1] = a1
      scores[row * classes + k2] = a2
      scores[other * classes + k] = b0
      scores[other * classes + k1] = b1
      scores[other * classes + k2] = b2
    }
  }
}

/** Turns the scores of one image into C times (softmax - 1 for its class); returns its cross-entropy. */
function toResiduals(scores: Float64Array, at: number, classes: number, own: number, factor: number): number {
  let highest = -Infinity
  for (let k = 0; k < classes; k++) highest = Math.max(highest, scores[at + k])
  const ownScore = scores[at + own] - highest
  let sum = 0
  for (let k = 0; k < classes; k++) {
    const part = Math.exp(scores[at + k] - highest)
    scores[at + k] = part
    sum += part
  }
  for (let k = 0; k < classes; k++) scores[at + k] *= factor / sum
  scores[at + own] -= factor
  return Math.log(sum) - ownScore
}

/** Adds residuals times vectors of a block: four images at a time, so that a part of the gradient is read and written once for them. */
function addBlock(
  gradient: Float64Array,
  residuals: Float64Array,
  vectors: Float32Array,
  { start, rows, dim, classes }: Block,
): void {
  const intercepts = classes * dim
  for (let k = 0; k < classes; k++) {
    const g = k * dim
    let row = 0
    for (; row + 3 < rows; row += 4) {
      const x0 = (start + row) * dim
      const x1 = x0 + dim
      const x2 = x1 + dim
      const x3 = x2 + dim
      const r0 = residuals[row * classes + k]
      const r1 = residuals[(row + 1) * classes + k]
      const r2 = residuals[(row + 2) * classes + k]
      const r3 = residuals[(row + 3) * classes + k]
      gradient[intercepts + k] += r0 + r1 + r2 + r3
      for (let i = 0; i < dim; i++)
        gradient[g + i] += r0 * vectors[x0 + i] + r1 * vectors[x1 + i] + r2 * vectors[x2 + i] + r3 * vectors[x3 + i]
    }
    for (; row < rows; row++) {
      const x = (start + row) * dim
      const r = residuals[row * classes + k]
      gradient[intercepts + k] += r
      for (let i = 0; i < dim; i++) gradient[g + i] += r * vectors[x + i]
    }
  }
}
