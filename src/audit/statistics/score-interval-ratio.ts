import { findRoot } from './find-root.js'
import { normalQuantile } from './normal-quantile.js'
import { requireEffectiveProportion } from './proportion.js'
import type { Interval, Proportion } from './proportion.js'
import { scoreStatisticRatio } from './score-statistic-ratio.js'

/** Natural logarithms between which a ratio of rates is sought: beyond them it counts as 0 or as having no upper end. */
export const LOG_RATIO_LIMIT = 20

/** Miettinen-Nurminen score interval for the ratio of two proportions, group over reference.
 *  A group count of 0 gives a low end of 0; a reference count of 0 gives no upper end (Infinity); both 0: { 0, Infinity }.
 *  Throws RangeError unless 0 <= count <= total and total > 0 on both sides. Source: Miettinen & Nurminen 1985.
 *  @example scoreIntervalRatio({ count: 56, total: 70 }, { count: 48, total: 80 })  // { low: 1.079, high: 1.672 } */
export function scoreIntervalRatio(group: Proportion, reference: Proportion, alpha = 0.05): Interval {
  requireEffectiveProportion('scoreIntervalRatio', group)
  requireEffectiveProportion('scoreIntervalRatio', reference)
  const z = normalQuantile(alpha / 2)
  const estimate = Math.log((group.count * reference.total) / (group.total * reference.count))
  const score = (logRatio: number) => scoreStatisticRatio(group, reference, Math.exp(logRatio)).score
  return {
    low: group.count === 0 ? 0 : lowEnd((logRatio) => score(logRatio) - z, estimate),
    high: reference.count === 0 ? Infinity : highEnd((logRatio) => score(logRatio) + z, estimate),
  }
}

function lowEnd(excess: (logRatio: number) => number, estimate: number): number {
  const inside = Math.min(estimate, LOG_RATIO_LIMIT) // the estimate is infinite where the reference count is 0
  if (!(excess(-LOG_RATIO_LIMIT) > 0)) return 0
  return Math.exp(findRoot(excess, -LOG_RATIO_LIMIT, inside))
}

function highEnd(excess: (logRatio: number) => number, estimate: number): number {
  const inside = Math.max(estimate, -LOG_RATIO_LIMIT)
  if (!(excess(LOG_RATIO_LIMIT) < 0)) return Infinity
  return Math.exp(findRoot(excess, inside, LOG_RATIO_LIMIT))
}
