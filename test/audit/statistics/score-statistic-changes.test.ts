import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PairedCounts } from '../../../src/audit/statistics/paired-counts.js'
import { scoreStatisticChanges } from '../../../src/audit/statistics/score-statistic-changes.js'
import { tangoStatistic } from '../../../src/audit/statistics/tango-statistic.js'
import { pairedCounts } from './paired-samples.js'

type Moved = readonly [gained: number, lost: number, total: number]

function moved([gained, lost, total]: Moved): PairedCounts {
  return { both: 0, onlyFirst: lost, onlySecond: gained, neither: total - gained - lost }
}

const difference = fc.integer({ min: -500, max: 500 }).map((thousandths) => thousandths / 1000)

describe('scoreStatisticChanges', () => {
  /** By direct maximisation of the two trinomial likelihoods under the hypothesis in 40-digit arithmetic (mpmath), and the
   *  moments of a variable 1, -1, 0 at that maximum: written apart from this code. */
  it.each<[Moved, Moved, number, number, number]>([
    [[0, 180, 500], [2, 12, 1000], -0.01, -12.8378405508, 0.000198847359439],
    [[12, 2, 50], [5, 5, 200], 0.01, 2.52376601688, 0.000475138587497],
    [[22, 3, 750], [31, 20, 10_204], 0.01, 2.33306441515, 0.0134107146653],
    [[0, 0, 60], [30, 2, 400], -0.05, -1.10079350868, 0.0644516427421],
    [[50, 50, 118], [10, 60, 118], 0.1, 3.11045482709, 0.00164337138023],
    [[3, 1, 30], [0, 2500, 10_204], 0.05, 2.8951621287, -0.0111495285833],
  ])('agrees with direct maximisation: %j against %j at %d', (group, reference, margin, score, skewness) => {
    const found = scoreStatisticChanges(moved(group), moved(reference), margin)
    expect(found.score).toBeCloseTo(score, 9)
    expect(found.skewness).toBeCloseTo(skewness, 9)
  })

  /** The same with binomials of the images that moved, where none moved the other way. */
  it.each<[Moved, Moved, number, number, number]>([
    [[23, 0, 750], [51, 0, 10_204], 0.01, 3.44078179358, 0.0460072949173],
    [[0, 16, 218], [0, 176, 10_731], -0.01, -4.25337892605, -0.064608139567],
    [[0, 40, 300], [0, 0, 300], -0.02, -5.97417888975, -0.00366569577461],
    [[0, 0, 400], [0, 800, 9000], 0.01, 5.84118850871, -0.0249167777645],
  ])(
    'takes no image to move where none was seen to, one way: %j against %j at %d',
    (group, reference, margin, score, skewness) => {
      const found = scoreStatisticChanges(moved(group), moved(reference), margin)
      expect(found.score).toBeCloseTo(score, 9)
      expect(found.skewness).toBeCloseTo(skewness, 9)
    },
  )

  it('is that of a single change where nothing changes in an endless reference', () => {
    const group = moved([20, 3, 750])
    const { score } = scoreStatisticChanges(group, moved([0, 0, 1e12]), 0.01)
    expect(score).toBeCloseTo(tangoStatistic(group, 0.01), 6)
  })

  it('turns round where the sides are exchanged', () =>
    fc.assert(
      fc.property(pairedCounts(60), pairedCounts(60), difference, (group, reference, margin) => {
        const one = scoreStatisticChanges(group, reference, margin)
        const other = scoreStatisticChanges(reference, group, -margin)
        if (!Number.isFinite(one.score)) return expect(other.score).toBe(-one.score)
        expect(other.score + one.score).toBeCloseTo(0, 6)
        expect(other.skewness + one.skewness).toBeCloseTo(0, 6)
      }),
    ))

  it('falls as the hypothesis rises, where images moved both ways', () =>
    fc.assert(
      fc.property(pairedCounts(60), pairedCounts(60), difference, difference, (group, reference, a, b) => {
        fc.pre(group.onlyFirst + reference.onlyFirst > 0 && group.onlySecond + reference.onlySecond > 0)
        const at = (margin: number) => scoreStatisticChanges(group, reference, margin).score
        expect(at(Math.min(a, b))).toBeGreaterThanOrEqual(at(Math.max(a, b)) - 1e-6)
      }),
      { numRuns: 300 },
    ))

  it('is 0 at the difference seen', () =>
    expect(scoreStatisticChanges(moved([6, 0, 8]), moved([2, 0, 8]), 0.5).score).toBe(0))

  it('needs no special case where no image changed on either side, or every one did', () => {
    const still = moved([0, 0, 100])
    expect(scoreStatisticChanges(still, still, 0)).toEqual({ score: 0, skewness: 0 })
    // as two changes of half a point each, apart
    expect(scoreStatisticChanges(still, still, 0.01).score).toBeCloseTo(-0.01 / Math.sqrt((2 * 0.005 * 0.995) / 100), 9)
    const all = moved([100, 0, 100])
    expect(scoreStatisticChanges(all, all, 0)).toEqual({ score: 0, skewness: 0 })
    // neither can have changed by more than everything
    expect(scoreStatisticChanges(all, all, -0.01).score).toBeCloseTo(0.01 / Math.sqrt((0.01 * 0.99) / 100), 9)
  })
})
