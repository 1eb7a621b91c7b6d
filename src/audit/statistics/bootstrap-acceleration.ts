import type { Proportion } from './proportion.js'
import { requireGroups } from './require-groups.js'

const STEP = 1e-5 // of the nearer bound: central differences then err by about 1e-10

/** Acceleration of a statistic of the counts of several groups: a sixth of the skewness of its linear part, for bcaInterval.
 *  An image's influence is the slope of the statistic by the rate of its group, times how far the image lies from that rate; slopes
 *  are found by moving each count a little, so `statistic` must take counts that are not whole. Groups where nobody or everybody
 *  is counted have no spread and no part in it.
 *  Throws RangeError, with the word degenerate, where the statistic has no spread; for no groups or a count that cannot be.
 *  Source: Efron & Tibshirani 1993, section 14.3; several samples: Davison & Hinkley 1997, section 5.3.
 *  @example bootstrapAcceleration([{ count: 9, total: 10 }, { count: 3, total: 10 }], (counts) => counts[0] - counts[1])  // -0.0500370 */
export function bootstrapAcceleration(
  groups: readonly Proportion[],
  statistic: (counts: ArrayLike<number>) => number,
): number {
  requireGroups('bootstrapAcceleration', groups, 1)
  let [variance, skewness] = [0, 0]
  groups.forEach(({ count, total }, group) => {
    if (count === 0 || count === total) return
    const rate = count / total
    const slope = total * slopeByCount(groups, statistic, group)
    variance += (slope ** 2 * rate * (1 - rate)) / total
    skewness += (slope ** 3 * rate * (1 - rate) * (1 - 2 * rate)) / total ** 2
  })
  if (!(variance > 0)) {
    throw new RangeError('bootstrapAcceleration expected a statistic with spread but received a degenerate one')
  }
  return skewness / (6 * variance ** 1.5)
}

function slopeByCount(
  groups: readonly Proportion[],
  statistic: (counts: ArrayLike<number>) => number,
  moved: number,
): number {
  const { count, total } = groups[moved]
  const step = STEP * Math.min(count, total - count)
  const at = (value: number) => statistic(groups.map((group, place) => (place === moved ? value : group.count)))
  return (at(count + step) - at(count - step)) / (2 * step)
}
