import { describe, expect, it } from 'vitest'
import { chanceOfChange } from '../../../src/audit/calibration/chance-of-change.js'
import { tangoInterval } from '../../../src/audit/statistics/tango-interval.js'
import type { PairedCounts } from '../../../src/audit/statistics/paired-counts.js'

const holdsChange =
  (truth: number) =>
  (counts: PairedCounts): boolean => {
    const { low, high } = tangoInterval(counts, 0.05)
    return low <= truth && truth <= high
  }

describe('chanceOfChange', () => {
  it('adds up to 1 where everything holds', () => {
    expect(chanceOfChange({ total: 118, gained: 0.1, lost: 0.05 }, () => true)).toBeCloseTo(1, 8)
  })

  it('adds up the trinomial', () => {
    const onlyFour = ({ onlyFirst, onlySecond }: PairedCounts): boolean => onlyFirst === 1 && onlySecond === 2
    // 5! / (1! 2! 2!) 0.2 0.3^2 0.5^2
    expect(chanceOfChange({ total: 5, gained: 0.3, lost: 0.2 }, onlyFour)).toBeCloseTo(30 * 0.2 * 0.09 * 0.25, 9)
  })

  it('hands in counts that add up to the total', () => {
    chanceOfChange({ total: 20, gained: 0.3, lost: 0.2 }, ({ both, onlyFirst, onlySecond, neither }) => {
      expect(both + onlyFirst + onlySecond + neither).toBe(20)
      return true
    })
  })

  /** Simulated apart with 40,000 draws (measures.md, D3): images, gained, lost, coverage of Tango's interval. */
  it.each([
    [30, 0.02, 0.02, 0.997],
    [118, 0.02, 0.02, 0.955],
    [750, 0.02, 0.02, 0.95],
    [118, 0.02, 0.1, 0.95],
    [118, 0, 0.28, 0.948],
    [30, 0.05, 0.05, 0.97],
  ])('agrees with the coverage simulated apart at %i images, %f and %f', (total, gained, lost, known) => {
    const coverage = chanceOfChange({ total, gained, lost }, holdsChange(gained - lost))
    expect(Math.abs(coverage - known)).toBeLessThan(0.0005 + 3 * Math.sqrt((known * (1 - known)) / 40_000))
  })
})
