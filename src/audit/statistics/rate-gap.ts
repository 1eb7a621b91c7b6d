import type { Proportion } from './proportion.js'
import { requireGroups } from './require-groups.js'

/** How far apart the highest and the lowest rate of several groups lie, and which groups they are.
 *  `value` is a share from 0 to 1; `highest` and `lowest` are places in `groups`, of several equal rates the first.
 *  Chance alone makes it grow with the number of groups: read it beside its parity null.
 *  Throws RangeError for fewer than two groups or a count that cannot be.
 *  @example rateGap([{ count: 12, total: 100 }, { count: 2, total: 50 }])  // { value: 0.08, highest: 0, lowest: 1 } */
export function rateGap(groups: readonly Proportion[]): {
  readonly value: number
  readonly highest: number
  readonly lowest: number
} {
  requireGroups('rateGap', groups)
  const rates = groups.map(({ count, total }) => count / total)
  const [most, least] = [Math.max(...rates), Math.min(...rates)]
  return { value: most - least, highest: rates.indexOf(most), lowest: rates.indexOf(least) }
}
