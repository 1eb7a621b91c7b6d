import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { doubleCorrectedVariance } from '../../../src/audit/statistics/double-corrected-variance.js'
import { gini } from '../../../src/audit/statistics/gini.js'
import { highestToGeometricMean } from '../../../src/audit/statistics/highest-to-geometric-mean.js'
import type { Proportion } from '../../../src/audit/statistics/proportion.js'
import { rateGap } from '../../../src/audit/statistics/rate-gap.js'
import { highestToLowestRatio } from '../../../src/audit/statistics/highest-to-lowest-ratio.js'
import { SPREAD_MEASURES, spreadOfCounts } from '../../../src/audit/statistics/spread-of-counts.js'
import { groupsOf, someGroups } from './group-samples.js'
import { CLOSED_FORM } from './reference-rows.js'

function measured(groups: readonly Proportion[]): Record<string, number> {
  const counts = groups.map(({ count }) => count)
  const flagged = counts.reduce((sum, count) => sum + count, 0)
  const into = new Float64Array(SPREAD_MEASURES.length)
  spreadOfCounts(
    groups.map(({ total }) => total),
    flagged,
  )(counts, into)
  return Object.fromEntries(SPREAD_MEASURES.map((measure, place) => [measure, into[place]]))
}

/** Pearson's chi-squared by its textbook form: (seen - expected)^2 / expected, flagged and not. */
function chiSquared(groups: readonly Proportion[]): number {
  const flagged = groups.reduce((sum, { count }) => sum + count, 0)
  const images = groups.reduce((sum, { total }) => sum + total, 0)
  return groups.reduce((sum, { count, total }) => {
    const expected = (total * flagged) / images
    return sum + (count - expected) ** 2 / expected + (count - expected) ** 2 / (total - expected)
  }, 0)
}

describe('spreadOfCounts', () => {
  it('finds every measure as its own function does', () => {
    fc.assert(
      fc.property(someGroups(1000), (groups) => {
        fc.pre(groups.filter(({ total }) => total > 1).length > 1)
        fc.pre(groups.some(({ count }) => count > 0) && groups.some(({ count, total }) => count < total))
        const found = measured(groups)
        const all = {
          gap: rateGap(groups).value,
          highestToGeometricMean: highestToGeometricMean(groups).value,
          gini: gini(groups).value,
          doubleCorrectedVariance: doubleCorrectedVariance(groups).corrected,
          chiSquared: chiSquared(groups),
        }
        for (const [measure, value] of Object.entries(all)) {
          expect(Math.abs(found[measure] - value), measure).toBeLessThan(CLOSED_FORM * (1 + Math.abs(value)))
        }
        const ratio = groups.some(({ count }) => count === 0) ? Infinity : highestToLowestRatio(groups)
        expect(found.highestToLowestRatio).toBe(ratio)
      }),
    )
  })
  it('multiplies many small rates without underflow', () => {
    // 1e-6 to the power of 120 is no double any more
    const totals = Array.from({ length: 120 }, () => 1_000_000)
    const counts = totals.map((_, group) => (group === 7 ? 8 : 1))
    const value = 8 / 8 ** (1 / 120)
    expect(Math.abs(measured(groupsOf(counts, totals)).highestToGeometricMean - value)).toBeLessThan(1e-10)
    const zeros = totals.map((_, group) => (group === 7 ? 7 : 0))
    const smoothed = 15 / 15 ** (1 / 120)
    expect(Math.abs(measured(groupsOf(zeros, totals)).highestToGeometricMean - smoothed)).toBeLessThan(1e-10)
  })
  it('has a chi-squared of exactly 0 where all rates are equal', () =>
    expect(measured(groupsOf([1, 3, 9], [3, 9, 27])).chiSquared).toBe(0))
  it('does not change the counts, and gives the same for the same counts again', () => {
    const spread = spreadOfCounts([10, 20, 30], 12)
    const counts = Object.freeze([6, 2, 4])
    const [first, again] = [new Float64Array(6), new Float64Array(6)]
    spread(counts, first)
    spread([1, 1, 10], again)
    spread(counts, again)
    expect(again).toEqual(first)
  })
})
