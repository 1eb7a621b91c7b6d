import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeMoments } from '../../../src/audit/statistics/change-moments.js'
import { pairedChange, pairedTotal } from '../../../src/audit/statistics/paired-counts.js'
import { pairedCounts } from './paired-samples.js'

describe('changeMoments', () => {
  it('gives the moments of the shares seen where the hypothesis is the change seen', () =>
    fc.assert(
      fc.property(pairedCounts(60), (counts) => {
        const total = pairedTotal(counts)
        const change = pairedChange(counts)
        const [gained, lost] = [counts.onlySecond / total, counts.onlyFirst / total]
        // by the definition: a variable that is 1, -1 or 0
        const moment = (power: number) =>
          gained * (1 - change) ** power + lost * (-1 - change) ** power + (1 - gained - lost) * (-change) ** power
        const { variance, third } = changeMoments(counts, change)
        expect(variance).toBeCloseTo(moment(2) / total, 12)
        expect(third).toBeCloseTo(moment(3) / total ** 2, 12)
      }),
    ))

  it('turns the long tail round, and nothing else, where the runs are exchanged', () =>
    fc.assert(
      fc.property(pairedCounts(60), fc.double({ min: -1, max: 1, noNaN: true }), (counts, change) => {
        const { onlyFirst, onlySecond } = counts
        const one = changeMoments(counts, change)
        const other = changeMoments({ ...counts, onlyFirst: onlySecond, onlySecond: onlyFirst }, -change)
        expect(other.variance).toBe(one.variance)
        expect(other.third + one.third).toBe(0)
      }),
    ))

  it('is that of a binomial where no image is taken to move the other way', () => {
    const counts = { both: 36, onlyFirst: 2, onlySecond: 12, neither: 0 }
    const { variance, third } = changeMoments(counts, -0.2, 'none')
    expect(variance).toBeCloseTo((0.2 * 0.8) / 50, 15)
    expect(third).toBeCloseTo((-0.2 * 0.8 * 0.6) / 50 ** 2, 15)
  })

  it('has its long tail where most images move', () => {
    const gains = { both: 0, onlyFirst: 0, onlySecond: 8, neither: 742 }
    expect(changeMoments(gains, 0.01).third).toBeGreaterThan(0)
    expect(changeMoments({ ...gains, onlyFirst: 8, onlySecond: 0 }, -0.01).third).toBeLessThan(0)
  })
})
