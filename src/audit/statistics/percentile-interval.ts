import type { Interval } from './proportion.js'
import { quantile } from './quantile.js'
import { requireLevel } from './require-level.js'
import { sortedReplicates } from './sorted-replicates.js'

/** Percentile bootstrap interval: the replicates without the lowest and the highest alpha / 2 of them.
 *  For measures over many groups; never for a single rate or a pairwise difference, since a count of 0 or of all has no spread.
 *  Throws RangeError for no replicates, one that is no number, or unless 0 < alpha < 1. Source: Efron & Tibshirani 1993, section 13.
 *  @example percentileInterval(replicates)  // { low: 0.016, high: 0.040 } */
export function percentileInterval(replicates: ArrayLike<number>, alpha = 0.05): Interval {
  requireLevel('percentileInterval', alpha)
  const ascending = sortedReplicates('percentileInterval', replicates)
  return { low: quantile(ascending, alpha / 2), high: quantile(ascending, 1 - alpha / 2) }
}
