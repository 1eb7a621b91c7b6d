import { normalQuantile } from './normal-quantile.js'
import { requireProportion } from './proportion.js'
import type { Interval, Proportion } from './proportion.js'

/** Odds ratio of two proportions with Woolf's interval, for strata and for readers who ask.
 *  Throws RangeError where any of the four cells is 0: it is undefined there. Source: Woolf 1955.
 *  @example oddsRatio({ count: 56, total: 70 }, { count: 48, total: 80 })  // value 2.667, interval 1.276 to 5.572 */
export function oddsRatio(
  group: Proportion,
  reference: Proportion,
  alpha = 0.05,
): { readonly value: number; readonly interval: Interval } {
  requireProportion('oddsRatio', group)
  requireProportion('oddsRatio', reference)
  const [a, b] = [group.count, group.total - group.count]
  const [c, d] = [reference.count, reference.total - reference.count]
  if (a === 0 || b === 0 || c === 0 || d === 0) {
    throw new RangeError(`oddsRatio expected four cells above 0 but received ${a}, ${b}, ${c} and ${d}`)
  }
  const value = (a * d) / (b * c)
  const factor = Math.exp(normalQuantile(alpha / 2) * Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d))
  return { value, interval: { low: value / factor, high: value * factor } }
}
