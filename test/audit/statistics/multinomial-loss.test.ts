import { describe, expect, it } from 'vitest'
import { multinomialLoss } from '../../../src/audit/statistics/multinomial-loss.js'
import { fixedClasses } from './fixed-classes.js'

const parametersOf = (count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => Math.sin(1 + 3 * i) / 3)

// sizes that fill no block, and that leave rows and classes over in each
describe.each([
  [1, 3, 2],
  [33, 4, 3],
  [67, 7, 5],
  [70, 9, 7],
])('multinomialLoss of %i images x %i and %i classes', (images, dim, classes) => {
  const labelled = fixedClasses(images, dim, classes)
  const f = multinomialLoss(labelled, 0.7)
  const at = parametersOf(classes * (dim + 1))

  it('is the sum that its description says', () => {
    const squares = at.subarray(0, classes * dim).reduce((sum, w) => sum + w * w, 0)
    let expected = (classes === 2 ? 1 : 0.5) * squares
    labelled.classOf.forEach((own, image) => {
      const scores = Array.from({ length: classes }, (_, k) =>
        Array.from({ length: dim }, (_, i) => at[k * dim + i] * labelled.vectors[image * dim + i]).reduce(
          (sum, part) => sum + part,
          at[classes * dim + k],
        ),
      )
      expected += 0.7 * (Math.log(scores.reduce((sum, score) => sum + Math.exp(score), 0)) - scores[own])
    })
    expect(Math.abs(f(at, new Float64Array(at.length)) / expected - 1)).toBeLessThan(1e-12)
  })

  it('has the gradient that small steps show', () => {
    const gradient = new Float64Array(at.length)
    f(at, gradient)
    gradient.forEach((part, i) => {
      const [up, down] = [1e-5, -1e-5].map((step) =>
        f(
          at.map((p, j) => (j === i ? p + step : p)),
          new Float64Array(at.length),
        ),
      )
      expect(part).toBeCloseTo((up - down) / 2e-5, 5)
    })
  })
})

it('stays finite where a score is far above the others', () => {
  const labelled = { vectors: Float32Array.of(1e4, -1e4), dim: 1, classOf: Int32Array.of(1, 0), classes: 2 }
  const gradient = new Float64Array(4)
  expect(multinomialLoss(labelled, 1)(Float64Array.of(5, -5, 0, 0), gradient)).toBeCloseTo(200_050, 6)
  expect(gradient.every(Number.isFinite)).toBe(true)
})
