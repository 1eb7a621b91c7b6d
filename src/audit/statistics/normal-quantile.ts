import erfcinv from '@stdlib/math-base-special-erfcinv'
import { requireLevel } from './require-level.js'

/** Upper quantile of the standard normal: the value that is exceeded with probability `alpha`.
 *  By the inverse of erfc, so that far tails keep their relative accuracy (1e-12 or better down to 1e-300).
 *  Throws RangeError unless 0 < alpha < 1.
 *  @example normalQuantile(0.025)  // 1.959963984540054 */
export function normalQuantile(alpha: number): number {
  requireLevel('normalQuantile', alpha)
  return Math.SQRT2 * erfcinv(2 * alpha)
}
