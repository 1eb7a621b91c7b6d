import { normalQuantile } from './normal-quantile.js'
import { requireEffectiveProportion } from './proportion.js'
import type { Interval, Proportion } from './proportion.js'

/** Wilson score interval: a range for a proportion that stays sensible near 0, near 1 and for small groups.
 *  Two-sided level 1 - alpha. The low end is exactly 0 at a count of 0, the high end exactly 1 when all are counted.
 *  Known weakness: just above a count of 0 coverage can dip (0.889 at total 118, rate 0.001); where a guarantee is needed
 *  use the Clopper-Pearson interval. Throws RangeError unless 0 <= count <= total and total > 0.
 *  Source: Wilson 1927; Newcombe 1998a, method 3; Brown, Cai & DasGupta 2001.
 *  @example wilsonInterval({ count: 3, total: 20 })  // { low: 0.052, high: 0.360 } */
export function wilsonInterval(proportion: Proportion, alpha = 0.05): Interval {
  requireEffectiveProportion('wilsonInterval', proportion)
  const { count, total } = proportion
  const z = normalQuantile(alpha / 2)
  const rate = count / total
  const spread = (z * z) / total
  const centre = (rate + spread / 2) / (1 + spread)
  const halfWidth = (z / (1 + spread)) * Math.sqrt((rate * (1 - rate)) / total + spread / (4 * total))
  const high = count === total ? 1 : Math.min(1, centre + halfWidth)
  // centre - halfWidth, written as their product over their sum: subtracting would cancel digits at small counts
  const low = (rate * rate) / ((1 + spread) * (centre + halfWidth))
  return { low, high }
}
