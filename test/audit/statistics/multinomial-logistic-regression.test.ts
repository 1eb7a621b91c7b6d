import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decideMultinomial,
  multinomialLogisticRegression,
} from '../../../src/audit/statistics/multinomial-logistic-regression.js'
import type { LabelledVectors } from '../../../src/audit/statistics/multinomial-loss.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { fixedClasses } from './fixed-classes.js'

const C = 0.316

/** scikit-learn 1.9.1 (1.2.1 agrees to 1e-9), on the vectors of fixedClasses, made by numpy from the same formula and rounded to float32:
 *
 *      m = LogisticRegression(C=0.316, tol=1e-12, max_iter=20000).fit(x, y)
 *      z = x @ m.coef_.T + m.intercept_
 *      loss = 0.5 * (m.coef_ ** 2).sum() + 0.316 * (log(exp(z).sum(1)) - z[range(n), y]).sum()
 *
 *  With two classes, one vector and the binomial loss. `weights`: the beginning of coef_[0]. */
const SCIKIT_LEARN = [
  {
    size: [60, 5, 3],
    loss: 7.777000467492932,
    weights: [0.80977098, -0.11727402, -0.61929377],
    decisions: '022221211220020202222111101000022221221102110000202222121101',
  },
  {
    size: [90, 8, 2],
    loss: 4.501478002651366,
    weights: [-0.82801916, -0.4018279, 0.96603863],
    decisions: '000111000011100011100001110001111000111000111100011100011110001110001111000111000111100011',
  },
  {
    size: [200, 12, 7],
    loss: 63.1922965299854,
    weights: [0.49450712, 0.12508807, -0.27621394],
    decisions:
      '00254033440352403645605243361563521302410501160514056446051432644635210456332211605403221460543025146165405540355016551032531655130250452416052043453635440015063544135203624163553401436521000150652450',
  },
] as const

describe('multinomialLogisticRegression', () => {
  describe.each(SCIKIT_LEARN)('agrees with scikit-learn on $size', ({ size: [images, dim, classes], ...theirs }) => {
    const labelled = fixedClasses(images, dim, classes)
    const fit = multinomialLogisticRegression(labelled, { inverseRegularisation: C })

    it('in the loss, to 1e-6 of it', () => expect(Math.abs(fit.loss / theirs.loss - 1)).toBeLessThan(1e-6))
    it('in every decision', () => expect([...decideMultinomial(fit, labelled.vectors)].join('')).toBe(theirs.decisions))
    it('in the weights', () => {
      // of two classes scikit-learn keeps one vector, for the second: the difference of ours
      const own = (i: number): number => (classes === 2 ? fit.weights[dim + i] - fit.weights[i] : fit.weights[i])
      theirs.weights.forEach((weight, i) => expect(Math.abs(own(i) - weight)).toBeLessThan(1e-3))
    })
    it('more closely with a smaller tolerance', () => {
      const closer = multinomialLogisticRegression(labelled, { inverseRegularisation: C, tolerance: 1e-8 })
      expect(closer.converged).toBe(true)
      expect(Math.abs(closer.loss / theirs.loss - 1)).toBeLessThan(1e-12)
    })
  })

  it('goes down with every iteration', () => {
    const labelled = fixedClasses(120, 10, 4)
    const losses = [...Array(8).keys()].map(
      (mostIterations) => multinomialLogisticRegression(labelled, { inverseRegularisation: C, mostIterations }).loss,
    )
    expect(losses).toEqual([...losses].sort((a, b) => b - a))
    expect(losses[0]).toBeCloseTo(C * 120 * Math.log(4), 9) // at zero every class is equally likely
    expect(multinomialLogisticRegression(labelled, { inverseRegularisation: C, mostIterations: 2 }).converged).toBe(
      false,
    )
  })

  it('follows the names of the classes and no order of theirs', () => {
    const labelled = fixedClasses(80, 6, 5)
    const fit = multinomialLogisticRegression(labelled, { inverseRegularisation: C, tolerance: 1e-9 })
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), (order) => {
        const renamed = { ...labelled, classOf: labelled.classOf.map((one) => order[one]) }
        const other = multinomialLogisticRegression(renamed, { inverseRegularisation: C, tolerance: 1e-9 })
        order.forEach((place, one) => {
          for (let i = 0; i < 6; i++) expect(other.weights[place * 6 + i]).toBeCloseTo(fit.weights[one * 6 + i], 7)
        })
      }),
      { numRuns: 10 },
    )
  })

  it('decides alike however far the vectors lie from the origin', () => {
    const labelled = fixedClasses(90, 6, 3)
    const moved = { ...labelled, vectors: labelled.vectors.map((part) => part + 8) }
    const [here, there] = [labelled, moved].map((one) =>
      decideMultinomial(multinomialLogisticRegression(one, { inverseRegularisation: C, tolerance: 1e-7 }), one.vectors),
    )
    expect(there).toEqual(here) // intercepts are not penalised
  })

  it('recovers planted classes: Gaussian clouds that lie apart', () => {
    const planted = clouds(createRandom(7, 'clouds'), { images: 300, dim: 16, classes: 6, apart: 6 })
    const fresh = clouds(createRandom(8, 'clouds'), { images: 300, dim: 16, classes: 6, apart: 6 })
    const fit = multinomialLogisticRegression(planted, { inverseRegularisation: C })
    const decided = decideMultinomial(fit, fresh.vectors)
    expect(fit.converged).toBe(true)
    expect(decided.filter((one, image) => one === fresh.classOf[image]).length).toBe(300)
  })

  it('changes nothing it is given, and gives the same bits again', () => {
    const labelled = fixedClasses(60, 5, 3)
    const before = [labelled.vectors.slice(), labelled.classOf.slice()]
    const fit = multinomialLogisticRegression(labelled, { inverseRegularisation: C })
    expect(multinomialLogisticRegression(labelled, { inverseRegularisation: C })).toEqual(fit)
    expect([labelled.vectors, labelled.classOf]).toEqual(before)
  })

  const few = fixedClasses(12, 3, 3)
  it.each<[string, LabelledVectors, number]>([
    ['a class without an image', { ...few, classes: 4 }, C],
    ['one class', { ...few, classOf: new Int32Array(12), classes: 1 }, C],
    ['a class that is not counted', { ...few, classOf: Int32Array.of(...few.classOf.slice(0, 11), 3) }, C],
    ['no weight on the images', few, 0],
    ['numbers that are not finite', { ...few, vectors: few.vectors.map((part, i) => (i === 4 ? NaN : part)) }, C],
    ['too few numbers', { ...few, vectors: few.vectors.subarray(1) }, C],
  ])('refuses %s', (_, labelled, inverseRegularisation) =>
    expect(() => multinomialLogisticRegression(labelled, { inverseRegularisation })).toThrow(RangeError),
  )
})

describe('decideMultinomial', () => {
  it('takes the first of equal classes', () =>
    expect([
      ...decideMultinomial({ weights: new Float64Array(4), intercepts: Float64Array.of(1, 1) }, Float32Array.of(1, 2)),
    ]).toEqual([0]))
})

/** Clouds of deviation 1 around points at `apart` on the axes. */
function clouds(
  random: ReturnType<typeof createRandom>,
  { images, dim, classes, apart }: { images: number; dim: number; classes: number; apart: number },
): LabelledVectors {
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform())
  const classOf = Int32Array.from({ length: images }, (_, image) => image % classes)
  const vectors = Float32Array.from({ length: images * dim }, (_, at) => {
    const isOwn = at % dim === classOf[Math.floor(at / dim)]
    return normal() + (isOwn ? apart * Math.SQRT2 : 0)
  })
  return { vectors, dim, classOf, classes }
}
