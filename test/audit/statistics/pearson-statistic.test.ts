import { describe, expect, it } from 'vitest'
import { contingencyTable } from '../../../src/audit/statistics/contingency-table.js'
import { pearsonStatistic } from '../../../src/audit/statistics/pearson-statistic.js'

const counts = [
  [1, 49],
  [3, 47],
]

describe('pearsonStatistic', () => {
  it('is that of the table itself', () =>
    // by hand: four cells are 1 away from 2, 48, 2 and 48
    expect(pearsonStatistic(contingencyTable('here', counts), counts)).toBeCloseTo(2 / 2 + 2 / 48, 14))
  it('is that of other counts with the same margins', () =>
    expect(
      pearsonStatistic(contingencyTable('here', counts), [
        [4, 46],
        [0, 50],
      ]),
    ).toBeCloseTo(8 / 2 + 8 / 48, 14))
  it('of a million images is exactly 0 where every count is as expected', () => {
    const even = [
      [300_000, 100_000],
      [450_000, 150_000],
    ]
    expect(pearsonStatistic(contingencyTable('here', even), even)).toBe(0)
  })
})
