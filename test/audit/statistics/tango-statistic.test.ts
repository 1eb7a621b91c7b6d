import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pairedChange } from '../../../src/audit/statistics/paired-counts.js'
import { tangoStatistic } from '../../../src/audit/statistics/tango-statistic.js'
import { pairedCounts, swapped } from './paired-samples.js'

const hypotheses = fc.double({ min: -1, max: 1, noNaN: true })

describe('tangoStatistic', () => {
  it('is the root of McNemar’s chi-squared at no change', () => {
    const counts = { both: 36, onlyFirst: 2, onlySecond: 12, neither: 0 }
    expect(tangoStatistic(counts, 0)).toBeCloseTo(10 / Math.sqrt(14), 14)
    expect(tangoStatistic(swapped(counts), 0)).toBeCloseTo(-10 / Math.sqrt(14), 14)
  })
  it('gives hand-worked values on both sides of the observed change', () => {
    // 12 gained, 2 lost of 50: 100 q^2 + (90 change - 14) q - 2 change (1 - change) = 0
    const counts = { both: 36, onlyFirst: 2, onlySecond: 12, neither: 0 }
    const above = (-13 + Math.sqrt(13 ** 2 + 400 * 0.42)) / 200
    expect(tangoStatistic(counts, 0.3)).toBeCloseTo(-5 / Math.sqrt(50 * (2 * above + 0.21)), 13)
    const below = (9.5 + Math.sqrt(9.5 ** 2 + 400 * 0.095)) / 200
    expect(tangoStatistic(counts, 0.05)).toBeCloseTo(7.5 / Math.sqrt(50 * (2 * below + 0.0475)), 13)
  })
  it('is 0 at the observed change', () => {
    fc.assert(
      fc.property(pairedCounts(3000), (counts) => {
        expect(tangoStatistic(counts, pairedChange(counts))).toBeCloseTo(0, 9)
      }),
    )
  })
  it('needs no discordant pair: 0 at no change, and -n·change over its standard deviation elsewhere', () => {
    const counts = { both: 10, onlyFirst: 0, onlySecond: 0, neither: 40 }
    expect(tangoStatistic(counts, 0)).toBe(0)
    expect(tangoStatistic(counts, 0.2)).toBeCloseTo((-50 * 0.2) / Math.sqrt(50 * 0.2 * 0.8), 13)
    expect(tangoStatistic(counts, -0.2)).toBeCloseTo((50 * 0.2) / Math.sqrt(50 * 0.2 * 0.8), 13)
  })
  it('is infinite where a hypothesis makes the counts impossible, and 0 where it makes them certain', () => {
    const counts = { both: 1, onlyFirst: 2, onlySecond: 3, neither: 4 }
    expect(tangoStatistic(counts, 1)).toBe(-Infinity)
    expect(tangoStatistic(counts, -1)).toBe(Infinity)
    expect(tangoStatistic({ both: 0, onlyFirst: 0, onlySecond: 7, neither: 0 }, 1)).toBe(0)
    expect(tangoStatistic({ both: 0, onlyFirst: 7, onlySecond: 0, neither: 0 }, -1)).toBe(0)
  })
  it('falls as the hypothesis grows', () => {
    fc.assert(
      fc.property(pairedCounts(3000), hypotheses, hypotheses, (counts, one, other) => {
        const [below, above] = [Math.min(one, other), Math.max(one, other)]
        expect(tangoStatistic(counts, below)).toBeGreaterThanOrEqual(tangoStatistic(counts, above) - 1e-9)
      }),
    )
  })
  it('changes sign when the runs are swapped', () => {
    fc.assert(
      fc.property(pairedCounts(3000), hypotheses, (counts, change) => {
        expect(tangoStatistic(swapped(counts), -change) + 0).toBe(0 - tangoStatistic(counts, change))
      }),
    )
  })
  it('depends only on how many images changed, each way, and on the total', () => {
    const counts = { both: 5, onlyFirst: 2, onlySecond: 3, neither: 90 }
    expect(tangoStatistic(counts, 0.02)).toBe(tangoStatistic({ ...counts, both: 95, neither: 0 }, 0.02))
    expect(tangoStatistic(counts, 0.02)).not.toBe(tangoStatistic({ ...counts, neither: 91 }, 0.02))
  })
})
