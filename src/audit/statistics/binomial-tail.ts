import betainc from '@stdlib/math-base-special-betainc'
import { requireProportion } from './proportion.js'
import type { Proportion } from './proportion.js'

/** Probability that a binomial with `total` trials and success rate `rate` gives at least (or at most) `count`.
 *  Each tail by its own incomplete beta function, so that both keep their relative accuracy. Where `rate` is a declared
 *  ceiling, 'at-least' is the one-sided p of "the rate is above the ceiling".
 *  Throws RangeError unless 0 <= count <= total, total > 0 and 0 <= rate <= 1.
 *  Source: Clopper & Pearson 1934; P(X >= k) = I_rate(k, n - k + 1).
 *  @example binomialTail('at-least', { count: 8, total: 10 }, 0.5)  // 0.0546875 */
export function binomialTail(side: 'at-least' | 'at-most', proportion: Proportion, rate: number): number {
  requireProportion('binomialTail', proportion)
  if (!(rate >= 0 && rate <= 1)) throw new RangeError(`binomialTail expected a rate from 0 to 1 but received ${rate}`)
  const { count, total } = proportion
  if (side === 'at-least') return count === 0 ? 1 : betainc(rate, count, total - count + 1, true, false)
  return count === total ? 1 : betainc(rate, count + 1, total - count, true, true)
}
