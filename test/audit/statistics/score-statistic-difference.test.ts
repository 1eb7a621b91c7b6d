import { describe, expect, it } from 'vitest'
import { scoreStatisticDifference } from '../../../src/audit/statistics/score-statistic-difference.js'

const group = { count: 24, total: 118 }
const reference = { count: 430, total: 10836 }

describe('scoreStatisticDifference', () => {
  it('gives the score and skewness of the worked example', () => {
    // 24/118 against 430/10,836 at one point: the specification, A3
    const { score, skewness } = scoreStatisticDifference(group, reference, 0.01)
    expect(score).toBeCloseTo(7.55372761, 8)
    expect(skewness).toBeCloseTo(0.06176923, 8)
  })
  it('is 0 at the observed difference', () =>
    expect(scoreStatisticDifference(group, reference, 24 / 118 - 430 / 10836).score).toBe(0))
  it('falls as the hypothetical difference grows', () => {
    const scores = [-0.9, -0.5, 0, 0.1, 0.5, 0.9].map((d) => scoreStatisticDifference(group, reference, d).score)
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
  })
  it('is 0 without variance or distance, and infinite with a distance but no variance', () => {
    const none = { count: 0, total: 20 }
    expect(scoreStatisticDifference(none, none, 0)).toEqual({ score: 0, skewness: 0 })
    expect(scoreStatisticDifference(group, reference, -1)).toEqual({ score: Infinity, skewness: 0 })
    expect(scoreStatisticDifference(group, reference, 1)).toEqual({ score: -Infinity, skewness: 0 })
  })
})
