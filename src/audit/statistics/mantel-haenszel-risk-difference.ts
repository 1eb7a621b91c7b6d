import { fourfoldTables, type FourfoldTable, type Stratum } from './fourfold-tables.js'
import { normalQuantile } from './normal-quantile.js'
import type { Interval } from './proportion.js'

/** Difference of rates common to strata, group minus reference: what is left with other attributes held fixed. Strata weigh by
 *  Mantel and Haenszel; variance of Sato, which holds for few large strata as for many small ones; level 1 - alpha.
 *  Strata without images on one side say nothing and are listed. Those where nobody or everybody is counted count as a
 *  difference of 0: leaving them out would overstate the difference.
 *  Throws RangeError unless 0 <= count <= total, if no stratum is left, and without variation: where every stratum has the same
 *  difference of 0, 1 or -1 from rates of 0 or 1, the interval would shrink to a point.
 *  Source: Greenland & Robins 1985 (weights); Sato 1989 (variance).
 *  @example mantelHaenszelRiskDifference([{ group: { count: 10, total: 100 }, reference: { count: 5, total: 100 } }, { group: { count: 20, total: 50 }, reference: { count: 10, total: 50 } }])  // value 0.1, standardError 0.0392, interval 0.0233 to 0.1767 */
export function mantelHaenszelRiskDifference(
  strata: readonly Stratum[],
  alpha = 0.05,
): {
  readonly value: number
  readonly standardError: number
  readonly interval: Interval
  readonly emptyStrata: number[]
} {
  const { tables, emptyStrata } = fourfoldTables('mantelHaenszelRiskDifference', strata, 'both-sides')
  if (tables.length === 0) {
    throw new RangeError('mantelHaenszelRiskDifference expected a stratum with images on both sides but received none')
  }
  let [excess, weight] = [0, 0]
  for (const { a, b, c, d, groupTotal, referenceTotal, total } of tables) {
    excess += (a * d - b * c) / total
    weight += (groupTotal * referenceTotal) / total // in this order a difference of 1 is exactly 1
  }
  const value = excess / weight
  const standardError = Math.sqrt(satoVariance(tables, value)) / weight
  if (standardError === 0) {
    throw new RangeError(
      `mantelHaenszelRiskDifference expected rates that vary but received a difference of ${value} in every stratum`,
    )
  }
  const reach = normalQuantile(alpha / 2) * standardError
  return {
    value,
    standardError,
    interval: { low: Math.max(-1, value - reach), high: Math.min(1, value + reach) },
    emptyStrata,
  }
}

/** Sato's variance of the sum of weighted differences. The paper's terms cancel each other where rates are near 0 and 1; as the
 *  weighted differences add up to that of `value`, the sum is also one of positive terms, another one for each sign. */
function satoVariance(tables: readonly FourfoldTable[], value: number): number {
  let variance = 0
  for (const { a, b, c, d, groupTotal, referenceTotal, total } of tables) {
    const [groupShare, referenceShare] = [groupTotal / total, referenceTotal / total]
    variance +=
      value >= 0
        ? value * (groupShare ** 2 * c + referenceShare ** 2 * b) + (b * c) / total
        : -value * (groupShare ** 2 * d + referenceShare ** 2 * a) + (a * d) / total
  }
  return variance
}
