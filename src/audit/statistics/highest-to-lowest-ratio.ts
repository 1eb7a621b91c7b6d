import type { Proportion } from './proportion.js'
import { rateGap } from './rate-gap.js'
import { requireGroups } from './require-groups.js'

/** The highest rate of several groups divided by the lowest, from 1.
 *  Undefined where the lowest rate is 0 (reasons `zero-reference-rate`, or `both-rates-zero` where all are): ask first.
 *  Throws RangeError then, for fewer than two groups, and for a count that cannot be.
 *  @example highestToLowestRatio([{ count: 12, total: 100 }, { count: 2, total: 50 }])  // 3 */
export function highestToLowestRatio(groups: readonly Proportion[]): number {
  requireGroups('highestToLowestRatio', groups)
  const { highest, lowest } = rateGap(groups)
  const [most, least] = [groups[highest], groups[lowest]]
  if (least.count === 0) {
    throw new RangeError('highestToLowestRatio expected a lowest rate above 0 but received 0')
  }
  return most.count / most.total / (least.count / least.total)
}
