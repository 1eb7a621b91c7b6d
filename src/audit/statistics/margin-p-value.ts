import type { Margin } from '../types/definitions.js'
import { marginHypotheses } from './margin-hypotheses.js'
import { marginTest } from './margin-test.js'
import type { Proportion } from './proportion.js'
import { scoreStatisticDifference } from './score-statistic-difference.js'
import { scoreStatisticRatio } from './score-statistic-ratio.js'

/** p-value of "the group is not beyond the practical margin" in one direction: twice the largest of four one-sided tests,
 *  difference and ratio, each plain and corrected for skewness; at most 1. Twice, because either direction would be told.
 *  `share` as in marginHypotheses. Inputs are trusted to be proportions with a total above 0.
 *  Throws RangeError for a margin or share that marginHypotheses refuses.
 *  @example marginPValue({ group: { count: 224, total: 1555 }, reference: { count: 313, total: 9396 }, margin, direction: 'higher' })  // 1.8e-41 */
export function marginPValue(of: {
  readonly group: Proportion
  readonly reference: Proportion
  readonly margin: Margin
  readonly direction: 'higher' | 'lower'
  readonly share?: number
}): number {
  const { group, reference, margin, direction, share = 0 } = of
  const { difference, ratioAbove, ratioBelow } = marginHypotheses(margin, share)
  const isHigher = direction === 'higher'
  // beyond these no rates are possible, so the group cannot be shown to lie there
  if (difference >= 1 || (isHigher && ratioAbove === Infinity)) return 1
  const byDifference = scoreStatisticDifference(group, reference, isHigher ? difference : -difference)
  const byRatio = scoreStatisticRatio(group, reference, isHigher ? ratioAbove : ratioBelow)
  return Math.min(1, 2 * Math.max(marginTest(byDifference, direction).p, marginTest(byRatio, direction).p))
}
