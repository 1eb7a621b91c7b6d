import { fourfoldTables, type Stratum } from './fourfold-tables.js'
import { mantelHaenszelProducts } from './mantel-haenszel-products.js'
import { normalQuantile } from './normal-quantile.js'
import type { Interval } from './proportion.js'

/** Odds ratio common to strata, group against reference, with the interval of Robins, Breslow and Greenland (level 1 - alpha),
 *  which holds for few large strata as for many small ones. Strata without images on one side, and those where nobody or
 *  everybody is counted, say nothing and are listed.
 *  Throws RangeError unless 0 <= count <= total, and where the odds ratio is 0 or infinite or no stratum is left.
 *  Source: Mantel & Haenszel 1959; Robins, Breslow & Greenland 1986.
 *  @example mantelHaenszelOddsRatio([{ group: { count: 10, total: 100 }, reference: { count: 5, total: 100 } }, { group: { count: 20, total: 50 }, reference: { count: 10, total: 50 } }])  // value 2.429, interval 1.209 to 4.878 */
export function mantelHaenszelOddsRatio(
  strata: readonly Stratum[],
  alpha = 0.05,
): { readonly value: number; readonly interval: Interval; readonly emptyStrata: number[] } {
  const { tables, emptyStrata } = fourfoldTables('mantelHaenszelOddsRatio', strata, 'four-margins')
  const { along, across } = mantelHaenszelProducts(tables)
  if (along === 0 || across === 0) {
    throw new RangeError(
      `mantelHaenszelOddsRatio expected products of opposite cells above 0 both ways but received ${along} and ${across}`,
    )
  }
  let [bothAlong, mixed, bothAcross] = [0, 0, 0]
  for (const { a, b, c, d, total } of tables) {
    const [main, cross] = [(a * d) / total, (b * c) / total]
    bothAlong += ((a + d) / total) * main
    mixed += ((a + d) / total) * cross + ((b + c) / total) * main
    bothAcross += ((b + c) / total) * cross
  }
  const variance = (bothAlong / along ** 2 + mixed / (along * across) + bothAcross / across ** 2) / 2
  const value = along / across
  const factor = Math.exp(normalQuantile(alpha / 2) * Math.sqrt(variance))
  return { value, interval: { low: value / factor, high: value * factor }, emptyStrata }
}
