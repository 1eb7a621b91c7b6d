import { describe, expect, it } from 'vitest'
import { scoreStatisticRatio } from '../../../src/audit/statistics/score-statistic-ratio.js'

const group = { count: 24, total: 118 }
const reference = { count: 430, total: 10836 }

describe('scoreStatisticRatio', () => {
  it('gives the score and skewness of the worked example', () => {
    // 24/118 against 430/10,836 at 1.25: the specification, A3
    const { score, skewness } = scoreStatisticRatio(group, reference, 1.25)
    expect(score).toBeCloseTo(7.49361315, 8)
    expect(skewness).toBeCloseTo(0.06085398, 8)
  })
  it('falls as the hypothetical ratio grows', () => {
    const scores = [1e-6, 0.1, 0.8, 1, 1.25, 10, 1e6].map((r) => scoreStatisticRatio(group, reference, r).score)
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
  })
  it('agrees with the difference where both say "equal rates"', () => {
    expect(scoreStatisticRatio({ count: 3, total: 10 }, { count: 3, total: 10 }, 1).score).toBe(0)
  })
  it('is 0 without variance or distance, and infinite with a distance but no variance', () => {
    expect(scoreStatisticRatio({ count: 0, total: 9 }, { count: 0, total: 9 }, 1.25)).toEqual({ score: 0, skewness: 0 })
    const all = { count: 9, total: 9 }
    expect(scoreStatisticRatio(all, all, 1)).toEqual({ score: 0, skewness: 0 })
  })
})
