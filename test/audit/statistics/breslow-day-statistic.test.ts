import { describe, expect, it } from 'vitest'
import { breslowDayStatistic } from '../../../src/audit/statistics/breslow-day-statistic.js'
import { fourfoldTables } from '../../../src/audit/statistics/fourfold-tables.js'
import { stratum } from './strata-samples.js'

const statisticOf = (cells: [number, number, number, number][], oddsRatio: number) =>
  breslowDayStatistic(fourfoldTables('here', cells.map((four) => stratum(...four)), 'four-margins').tables, oddsRatio) // prettier-ignore

describe('breslowDayStatistic', () => {
  it('adds up squared distances from the fitted cells over their variances', () => {
    // by hand at an odds ratio of 1: fitted 4, 6, 4, 6, twice; variance 1.2; distances 2 and -1
    const { statistic, tarone, smallestExpected } = statisticOf([[6, 4, 2, 8], [3, 7, 5, 5]], 1) // prettier-ignore
    expect(statistic).toBeCloseTo(4 / 1.2 + 1 / 1.2, 12)
    expect(tarone).toBeCloseTo(5 / 1.2 - (2 - 1) ** 2 / 2.4, 12)
    expect(smallestExpected).toBeCloseTo(4, 12)
  })
  it.each([
    ['a', [2, 8, 14, 16]],
    ['b', [8, 2, 16, 14]],
    ['c', [14, 16, 2, 8]],
    ['d', [16, 14, 8, 2]],
  ] as [string, [number, number, number, number]][])('counts the direction alike where %s is smallest', (_, cells) => {
    // 16 of 40 in the row or column of the smallest, which is fitted as 4 and seen as 2; the second stratum is a mirror image
    const mirrored = [cells[1], cells[0], cells[3], cells[2]] as [number, number, number, number] // the same four numbers
    const alike = statisticOf([cells, cells], 1)
    const opposite = statisticOf([cells, mirrored], 1)
    expect(alike.statistic).toBeCloseTo(opposite.statistic, 12)
    expect(alike.tarone).toBeCloseTo(0, 12)
    expect(opposite.tarone).toBeCloseTo(opposite.statistic, 12)
    expect(alike.statistic).toBeCloseTo(2 * 4 * (1 / 4 + 1 / 6 + 1 / 12 + 1 / 18), 12)
    expect(alike.smallestExpected).toBeCloseTo(4, 12)
  })
  it('is 0 and not below where every stratum has the odds ratio', () => {
    const { statistic, tarone } = statisticOf([[1, 2, 3, 7], [10, 20, 30, 70]], 7 / 6) // prettier-ignore
    expect(statistic).toBeLessThan(1e-25)
    expect(tarone).toBeGreaterThanOrEqual(0)
  })
})
