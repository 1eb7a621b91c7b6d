import { describe, expect, it } from 'vitest'
import { decideVerdict } from '../../../src/audit/findings/decide-verdict.js'
import { binomialTable } from '../../../src/audit/statistics/binomial-table.js'
import { margins } from '../../../src/audit/statistics/margins.js'

const margin = { difference: 0.01, ratio: 1.25 }
const REFERENCE_RATES = [0.0003, 0.001, 0.003, 0.01, 0.02, 0.04, 0.05, 0.1, 0.144, 0.25]

function probabilities(total: number, rate: number): number[] {
  const table = binomialTable(total, rate)
  return [...table].map((p, count) => p - (count === 0 ? 0 : table[count - 1]))
}

/** How often the rule says "higher" at a truth exactly on the upper margin, as a multiple of what it allows itself: exact,
 *  over all pairs of counts, worst over the reference rates. */
function worstError(groupTotal: number, referenceTotal: number, m: number): number {
  const rule = { referenceKind: 'rest', alpha: 0.05, m, minimum: 30, margin } as const
  // for each reference count the rule says "higher" from some group count on
  const firstHigher = Array.from({ length: referenceTotal + 1 }, (_, count) => {
    const reference = { count, total: referenceTotal }
    const isHigher = (k: number) => {
      const verdict = decideVerdict({ group: { count: k, total: groupTotal }, reference }, rule)
      return verdict.kind === 'disparity' && verdict.direction === 'higher'
    }
    let [low, high] = [0, groupTotal + 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (isHigher(middle)) high = middle
      else low = middle + 1
    }
    return low
  })
  const errors = REFERENCE_RATES.map((referenceRate) => {
    const truth = margins({ referenceRate, margin }).upper.rate
    const groupTable = binomialTable(groupTotal, truth)
    const atLeast = (k: number) => (k === 0 ? 1 : 1 - groupTable[k - 1])
    return probabilities(referenceTotal, referenceRate).reduce(
      (sum, p, count) => sum + (firstHigher[count] > groupTotal ? 0 : p * atLeast(firstHigher[count])),
      0,
    )
  })
  return Math.max(...errors) / (0.05 / (2 * m))
}

describe('decideVerdict on its own boundary (D4, by exact enumeration)', () => {
  it.each([
    [30, 300, 1, 0.99],
    [30, 300, 14, 0.91],
    [118, 118, 1, 1.05],
    [118, 118, 14, 0.87],
  ])('errs for %i against %i, m = %i, about as often as the specification says', (n1, n2, m, published) => {
    const error = worstError(n1, n2, m)
    expect(error).toBeCloseTo(published, 2)
    expect(error).toBeLessThan(1.15) // the target of D4
  })
})
