import { describe, expect, it } from 'vitest'
import { marginPValue } from '../../../src/audit/statistics/margin-p-value.js'
import { marginTest } from '../../../src/audit/statistics/margin-test.js'
import { scoreStatisticDifference } from '../../../src/audit/statistics/score-statistic-difference.js'
import { scoreStatisticRatio } from '../../../src/audit/statistics/score-statistic-ratio.js'

const margin = { difference: 0.01, ratio: 1.25 }

describe('marginPValue', () => {
  it('is 1.82e-41 for 224 of 1,555 against 313 of 9,396', () => {
    // the annotated audit.json of the report specification
    const sides = { group: { count: 224, total: 1555 }, reference: { count: 313, total: 9396 } }
    const p = marginPValue({ ...sides, margin, direction: 'higher' })
    expect(p / 1e-41).toBeCloseTo(1.82, 2)
  })
  it('is twice the largest of the four one-sided tests', () => {
    const [group, reference] = [
      { count: 30, total: 400 },
      { count: 500, total: 10000 },
    ]
    const byDifference = marginTest(scoreStatisticDifference(group, reference, 0.01), 'higher')
    const byRatio = marginTest(scoreStatisticRatio(group, reference, 1.25), 'higher')
    const largest = Math.max(byDifference.plain, byDifference.corrected, byRatio.plain, byRatio.corrected)
    expect(marginPValue({ group, reference, margin, direction: 'higher' })).toBe(Math.min(1, 2 * largest))
  })
  it('tests against the lower margins where the group is lower', () => {
    const [group, reference] = [
      { count: 92, total: 1556 },
      { count: 1265, total: 9398 },
    ]
    const byDifference = marginTest(scoreStatisticDifference(group, reference, -0.01), 'lower')
    const byRatio = marginTest(scoreStatisticRatio(group, reference, 0.8), 'lower')
    const largest = Math.max(byDifference.plain, byDifference.corrected, byRatio.plain, byRatio.corrected)
    expect(marginPValue({ group, reference, margin, direction: 'lower' })).toBe(2 * largest)
    // near 2 % the difference decides, not the ratio
    const [few, many] = [
      { count: 6, total: 2000 },
      { count: 200, total: 10000 },
    ]
    const deciding = marginTest(scoreStatisticDifference(few, many, -0.01), 'lower').p
    expect(marginPValue({ group: few, reference: many, margin, direction: 'lower' })).toBe(2 * deciding)
  })
  it('is 1 inside the margin and where nobody is counted', () => {
    const none = { count: 0, total: 700 }
    expect(marginPValue({ group: none, reference: none, margin, direction: 'higher' })).toBe(1)
    const alike = { count: 70, total: 700 }
    expect(marginPValue({ group: alike, reference: alike, margin, direction: 'lower' })).toBe(1)
  })
  it('is 1 where no rate of the group could be far enough from everyone', () => {
    const sides = { group: { count: 900, total: 900 }, reference: { count: 0, total: 100 } }
    expect(marginPValue({ ...sides, margin, direction: 'higher', share: 0.9 })).toBe(1)
    expect(marginPValue({ ...sides, margin, direction: 'lower', share: 0.995 })).toBe(1)
  })
})
