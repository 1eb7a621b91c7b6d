import { findRoot } from './find-root.js'
import { normalQuantile } from './normal-quantile.js'
import { requireEffectiveProportion } from './proportion.js'
import type { Interval, Proportion } from './proportion.js'
import { scoreStatisticDifference } from './score-statistic-difference.js'

/** Miettinen-Nurminen score interval for the difference of two proportions, group minus reference.
 *  All differences that the two-sided score test at level alpha does not reject; within -1 to 1, sensible at counts of 0.
 *  Throws RangeError unless 0 <= count <= total and total > 0 on both sides.
 *  Source: Miettinen & Nurminen 1985; Newcombe 1998a, method 6.
 *  @example scoreIntervalDifference({ count: 56, total: 70 }, { count: 48, total: 80 })  // { low: 0.0528, high: 0.3382 } */
export function scoreIntervalDifference(group: Proportion, reference: Proportion, alpha = 0.05): Interval {
  requireEffectiveProportion('scoreIntervalDifference', group)
  requireEffectiveProportion('scoreIntervalDifference', reference)
  const z = normalQuantile(alpha / 2)
  const estimate = group.count / group.total - reference.count / reference.total
  const score = (difference: number) => scoreStatisticDifference(group, reference, difference).score
  return {
    low: score(-1) > z ? findRoot((difference) => score(difference) - z, -1, estimate) : -1,
    high: score(1) < -z ? findRoot((difference) => score(difference) + z, estimate, 1) : 1,
  }
}
