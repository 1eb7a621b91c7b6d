import type { Proportion } from './proportion.js'
import type { Random } from './random.js'
import { requireDraws } from './require-draws.js'
import { requireGroups } from './require-groups.js'

/** Replicates of a statistic over groups, each from counts drawn again within every group (its total stays, so that small groups
 *  never vanish). `statistic` gets the counts in the order of the groups, in one array that the next draw overwrites.
 *  Throws RangeError for no groups, a count that cannot be, or unless `draws` is a whole number from 1.
 *  Source: Efron & Tibshirani 1993, section 8.3.
 *  @example stratifiedBootstrap(groups, (counts) => counts[0] / 70 - counts[1] / 80, { random })  // 4,999 differences */
export function stratifiedBootstrap(
  groups: readonly Proportion[],
  statistic: (counts: ArrayLike<number>) => number,
  { draws = 4999, random }: { readonly draws?: number; readonly random: Random },
): Float64Array {
  requireGroups('stratifiedBootstrap', groups, 1)
  requireDraws('stratifiedBootstrap', draws)
  const counts = new Float64Array(groups.length)
  return new Float64Array(draws).map(() => {
    groups.forEach(({ count, total }, group) => (counts[group] = random.binomial(total, count / total)))
    return statistic(counts)
  })
}
