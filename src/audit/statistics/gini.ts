import type { Proportion } from './proportion.js'
import { requireGroups } from './require-groups.js'

/** Gini coefficient of the rates of several groups, each group counting once: 0 where all rates are equal.
 *  Half the mean absolute difference of two rates, over the mean rate. Its highest value is (groups - 1) / groups; `corrected` is
 *  scaled to reach 1. Undefined where every count is 0 (reason `both-rates-zero`): ask first.
 *  Throws RangeError then, for fewer than two groups, and for a count that cannot be. Source: Gini 1912; Howard et al. 2022 (GARBE).
 *  @example gini([{ count: 9, total: 10 }, { count: 1, total: 10 }])  // { value: 0.4, corrected: 0.8 } */
export function gini(groups: readonly Proportion[]): { readonly value: number; readonly corrected: number } {
  requireGroups('gini', groups)
  const ascending = groups.map(({ count, total }) => count / total).sort((a, b) => a - b)
  const sum = ascending.reduce((all, rate) => all + rate, 0)
  if (sum === 0) throw new RangeError('gini expected a rate above 0 but received none')
  // in ascending order a rate is added once for every rate below it and taken away once for every rate above
  const spread = ascending.reduce((all, rate, place) => all + (2 * place + 1 - ascending.length) * rate, 0)
  const value = spread / (ascending.length * sum)
  return { value, corrected: (value * ascending.length) / (ascending.length - 1) }
}
