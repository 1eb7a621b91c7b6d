import { normalQuantile } from './normal-quantile.js'
import { requireProportion } from './proportion.js'
import type { Interval, Proportion } from './proportion.js'

/** Katz log interval for the ratio of two proportions: only for comparison with older reports.
 *  Throws RangeError where either count is 0: it is undefined there, and no 0.5 is added in silence.
 *  Source: Katz et al. 1978.
 *  @example katzRatioInterval({ count: 56, total: 70 }, { count: 48, total: 80 })  // { low: 1.077, high: 1.651 } */
export function katzRatioInterval(group: Proportion, reference: Proportion, alpha = 0.05): Interval {
  requireProportion('katzRatioInterval', group)
  requireProportion('katzRatioInterval', reference)
  if (group.count === 0 || reference.count === 0) {
    throw new RangeError(
      `katzRatioInterval expected counts above 0 on both sides but received ${group.count} and ${reference.count}`,
    )
  }
  const ratio = group.count / group.total / (reference.count / reference.total)
  const variance = 1 / group.count - 1 / group.total + 1 / reference.count - 1 / reference.total
  const factor = Math.exp(normalQuantile(alpha / 2) * Math.sqrt(Math.max(0, variance)))
  return { low: ratio / factor, high: ratio * factor }
}
