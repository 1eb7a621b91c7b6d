import { multinomial } from './multinomial.js'
import { pairedTotal, requirePairedCounts } from './paired-counts.js'
import type { PairedCounts } from './paired-counts.js'
import type { Random } from './random.js'
import { requireDraws } from './require-draws.js'

/** Replicates of a statistic of paired counts, such as a difference in differences: the images of each group are drawn again, each
 *  with both of its decisions, so that their agreement stays. Cost: linear in images times draws.
 *  Throws RangeError for paired counts that cannot be, or unless `draws` is a whole number from 1.
 *  Source: Efron & Tibshirani 1993, section 8.3.
 *  @example pairedBootstrap([counts], ([one]) => pairedChange(one), { random })  // 4,999 changes */
export function pairedBootstrap(
  groups: readonly PairedCounts[],
  statistic: (groups: readonly PairedCounts[]) => number,
  { draws = 4999, random }: { readonly draws?: number; readonly random: Random },
): Float64Array {
  for (const group of groups) requirePairedCounts('pairedBootstrap', group)
  requireDraws('pairedBootstrap', draws)
  return new Float64Array(draws).map(() => statistic(groups.map((group) => resampled(group, random))))
}

function resampled(counts: PairedCounts, random: Random): PairedCounts {
  const weights = [counts.both, counts.onlyFirst, counts.onlySecond, counts.neither]
  const [both, onlyFirst, onlySecond, neither] = multinomial({ total: pairedTotal(counts), weights }, random)
  return { both, onlyFirst, onlySecond, neither }
}
