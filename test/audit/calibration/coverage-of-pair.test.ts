import { describe, expect, it } from 'vitest'
import { coverageOfEveryPair, coverageOfPair } from '../../../src/audit/calibration/coverage-of-pair.js'
import { envelopeIntervalDifference } from '../../../src/audit/statistics/envelope-interval-difference.js'
import { katzRatioInterval } from '../../../src/audit/statistics/katz-ratio-interval.js'
import { newcombeInterval } from '../../../src/audit/statistics/newcombe-interval.js'
import type { Interval, Proportion } from '../../../src/audit/statistics/proportion.js'
import { scoreIntervalDifference } from '../../../src/audit/statistics/score-interval-difference.js'
import { scoreIntervalRatio } from '../../../src/audit/statistics/score-interval-ratio.js'
import { PRINTED } from './designs.js'

type PairInterval = (group: Proportion, reference: Proportion) => Interval

/** Exact coverage computed apart (measures.md, D2): totals, rates, Newcombe, score difference, score ratio, Katz, its undefined share. */
const KNOWN = [
  [30, 30, 0.05, 0.05, 0.9929, 0.9716, 0.9716, 0.9999, 0.383],
  [30, 30, 0.3, 0.3, 0.9514, 0.9513, 0.9513, 0.9636, 0],
  [118, 118, 0.01, 0.01, 0.9956, 0.9807, 0.9807, 1, 0.518],
  [118, 118, 0.144, 0.144, 0.953, 0.95, 0.95, 0.9551, 0],
  [750, 750, 0.001, 0.001, 0.999, 0.9931, 0.9931, 1, 0.721],
  [750, 750, 0.05, 0.05, 0.9517, 0.9502, 0.9502, 0.9517, 0],
  [118, 10_836, 0.001, 0.001, 0.8975, 0.8975, 0.8975, 0.2766, 0.889],
  [118, 10_836, 0.01, 0.01, 0.9637, 0.9637, 0.9637, 0.952, 0.305],
  [750, 10_204, 0.01, 0.01, 0.9526, 0.9518, 0.9518, 0.9622, 0.001],
  [750, 10_204, 0.144, 0.05, 0.9502, 0.9501, 0.95, 0.9505, 0],
] as const

describe('coverageOfPair', () => {
  it.each(KNOWN)(
    'of %i against %i at %f and %f agrees with the exact figures',
    (inGroup, inReference, rate, referenceRate, newcombe, difference, ratio, katz, undefinedShare) => {
      const population = {
        group: { total: inGroup, rate },
        reference: { total: inReference, rate: referenceRate },
      }
      const off = (interval: PairInterval, truth: number, known: number): number =>
        Math.abs(coverageOfPair({ interval, ...population, truth }).coverage - known)
      expect(off(newcombeInterval, rate - referenceRate, newcombe)).toBeLessThan(PRINTED)
      expect(off(scoreIntervalDifference, rate - referenceRate, difference)).toBeLessThan(PRINTED)
      expect(off(scoreIntervalRatio, rate / referenceRate, ratio)).toBeLessThan(PRINTED)
      const ofKatz = coverageOfPair({
        interval: katzRatioInterval,
        ...population,
        truth: rate / referenceRate,
        leastCount: 1,
      })
      expect(Math.abs(ofKatz.coverage - katz)).toBeLessThan(PRINTED)
      expect(Math.abs(ofKatz.undefinedShare - undefinedShare)).toBeLessThan(PRINTED)
    },
  )

  it.each([
    [12, 12, 0.2, 0.2],
    [7, 40, 0.3, 0.1],
    [40, 7, 0.05, 0.5],
    [25, 25, 0.9, 0.6],
  ])('takes the short way to the same sum as pair by pair: %i against %i at %f and %f', (n1, n2, p1, p2) => {
    const population = { group: { total: n1, rate: p1 }, reference: { total: n2, rate: p2 } }
    const questions: [PairInterval, number][] = [
      [newcombeInterval, p1 - p2],
      [scoreIntervalDifference, p1 - p2],
      [envelopeIntervalDifference, p1 - p2],
      [scoreIntervalRatio, p1 / p2],
    ]
    for (const [interval, truth] of questions) {
      const question = { interval, ...population, truth }
      expect(coverageOfPair(question).coverage).toBeCloseTo(coverageOfEveryPair(question), 9)
    }
  })

  it('is defined always where every count is allowed', () => {
    const population = { group: { total: 9, rate: 0.1 }, reference: { total: 9, rate: 0.1 } }
    expect(coverageOfPair({ interval: newcombeInterval, ...population, truth: 0 }).undefinedShare).toBe(0)
  })
})

describe('coverageOfEveryPair', () => {
  it('counts an end as held, on either side', () => {
    const population = { group: { total: 9, rate: 0.1 }, reference: { total: 9, rate: 0.1 }, truth: 0 }
    const coverage = (low: number, high: number): number =>
      coverageOfEveryPair({ interval: () => ({ low, high }), ...population })
    expect(coverage(0, 0)).toBeCloseTo(1, 9)
    expect(coverage(0.1, 1)).toBe(0)
    expect(coverage(-1, -0.1)).toBe(0)
  })
})
