import { describe, expect, it } from 'vitest'
import { multinomialCurvature } from '../../../src/audit/statistics/multinomial-curvature.js'
import { multinomialLoss } from '../../../src/audit/statistics/multinomial-loss.js'
import { fixedClasses } from './fixed-classes.js'

describe('multinomialCurvature', () => {
  it.each([2, 4])('divides by the second derivatives at zero, with %i classes', (classes) => {
    const labelled = fixedClasses(30, 4, classes)
    const size = classes * 5
    // a direction that sums to 0 over the classes, as every gradient does
    const direction = Float64Array.from({ length: size }, (_, i) => {
      const k = i < 4 * classes ? Math.floor(i / 4) : i - 4 * classes
      return k === 0 ? 1 : k === 1 ? -1 : 0
    })
    const gradientAt = (step: number): Float64Array => {
      const gradient = new Float64Array(size)
      multinomialLoss(labelled, 0.5)(
        direction.map((part) => step * part),
        gradient,
      )
      return gradient
    }
    const [up, down] = [gradientAt(1e-4), gradientAt(-1e-4)]
    const curved = up.map((part, i) => (part - down[i]) / 2e-4)
    const divided = multinomialCurvature(labelled, 0.5)(curved)
    divided.forEach((part, i) => expect(part).toBeCloseTo(direction[i], 5))
  })

  it('takes a part of many images for all of them', () => {
    const few = fixedClasses(40, 2, 3)
    const many = {
      ...few,
      vectors: Float32Array.from({ length: 80 * 25 }, (_, i) => few.vectors[i % 80]),
      classOf: new Int32Array(1000),
    }
    const all = multinomialCurvature(few, 0.3 * 25)(new Float64Array(9).fill(1))
    const part = multinomialCurvature(many, 0.3)(new Float64Array(9).fill(1))
    part.forEach((value, i) => expect(Math.abs(value / all[i] - 1)).toBeLessThan(0.5))
  })
})
