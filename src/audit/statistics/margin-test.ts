import { normalUpperTail } from './normal-upper-tail.js'
import type { ScoreStatistic } from './score-statistic-difference.js'

/** One-sided p-values of "the group is not beyond the margin", from the score statistic at that margin.
 *  `plain` takes the score as it is, `corrected` after removing its skewness, `p` is the larger: the one verdicts answer to.
 *  'higher' tests against the upper margin (score at d or R), 'lower' against the lower one (score at -d or 1 / R).
 *  Throws RangeError if the score is not a number. Source: Gart & Nam 1988; Laud 2017.
 *  @example marginTest(scoreStatisticDifference({ count: 9, total: 10 }, { count: 3, total: 10 }, 0.01), 'higher').p  // 0.00432 */
export function marginTest(
  statistic: ScoreStatistic,
  direction: 'higher' | 'lower',
): { readonly plain: number; readonly corrected: number; readonly p: number } {
  const sign = direction === 'higher' ? 1 : -1
  const plain = normalUpperTail(sign * statistic.score)
  const corrected = normalUpperTail(sign * correctedScore(statistic))
  return { plain, corrected, p: Math.max(plain, corrected) }
}

/** Solves z + skewness (z^2 - 1) = score, in a form that needs no special case for a small skewness. */
function correctedScore({ score, skewness }: ScoreStatistic): number {
  if (skewness === 0) return score // also where the score is infinite
  const discriminant = 1 + 4 * skewness * (score + skewness)
  return discriminant < 0 ? score : (2 * (score + skewness)) / (1 + Math.sqrt(discriminant))
}
