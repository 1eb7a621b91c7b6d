import type { Margin } from '../types/definitions.js'
import { findRoot } from './find-root.js'
import { margins } from './margins.js'
import { normalQuantile } from './normal-quantile.js'

const MISSED_SHARE = 0.2 // power of 80 %: one true disparity in five may be missed

/** Smallest true rate of the group that would be found as a disparity (higher) with 80 % power, or null if none would.
 *  This is power for the verdict, beyond the practical margin, not for "p below 0.05". Two-sided level `alpha`; for a family of
 *  m comparisons hand in alpha / m. `share` as in margins.
 *  Throws RangeError unless both totals are at least 1 and the other inputs are as in margins.
 *  @example smallestDetectableRate({ groupTotal: 753, referenceTotal: 10201, referenceRate: 0.05, alpha: 0.05 / 14, margin })  // 0.0988 */
export function smallestDetectableRate(of: {
  readonly groupTotal: number
  readonly referenceTotal: number
  readonly referenceRate: number
  readonly alpha: number
  readonly margin: Margin
  readonly share?: number
}): number | null {
  const { groupTotal, referenceTotal, referenceRate, alpha } = of
  if (!(groupTotal >= 1 && referenceTotal >= 1)) {
    throw new RangeError(
      `smallestDetectableRate expected at least one observation on both sides but received ${groupTotal} and ${referenceTotal}`,
    )
  }
  const { rate: upper, slope } = margins(of).upper
  if (!(upper < 1)) return null
  const referenceVariance = (slope * slope * referenceRate * (1 - referenceRate)) / referenceTotal
  const errorAt = (rate: number) => Math.sqrt((rate * (1 - rate)) / groupTotal + referenceVariance)
  const needed = normalQuantile(alpha / 2) * errorAt(upper)
  const spare = (rate: number) => rate - upper - needed - normalQuantile(MISSED_SHARE) * errorAt(rate)
  // spare is negative at the margin and bends upwards only, so it crosses zero once or never
  return spare(1) > 0 ? findRoot(spare, upper, 1) : null
}
