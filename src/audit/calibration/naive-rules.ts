import { normalQuantile } from '../statistics/normal-quantile.js'
import { pooledZ } from '../statistics/pooled-z.js'
import type { Proportion } from '../statistics/proportion.js'
import { scoreStatisticDifference } from '../statistics/score-statistic-difference.js'

const CUSTOMARY_ALPHA = 0.05

export type NaiveAlarms = {
  /** Some group differs from everyone else at p < 0.05, not adjusted for the number of groups. */
  readonly unadjusted: boolean
  /** Some group differs from everyone else at 0.05 over the number of groups, whatever the size of the difference. */
  readonly noMargin: boolean
  /** The lowest adverse rate is below four fifths of the highest. */
  readonly fourFifths: boolean
}

/** Whether common rules of thumb would raise an alarm on these groups. Shown as a warning to readers; no verdict uses them. */
export function naiveAlarms(groups: readonly Proportion[]): NaiveAlarms {
  const everyone = groups.reduce((sum, { count, total }) => ({ count: sum.count + count, total: sum.total + total }))
  const rest = ({ count, total }: Proportion): Proportion => ({
    count: everyone.count - count,
    total: everyone.total - total,
  })
  const isVaried = everyone.count > 0 && everyone.count < everyone.total
  const limit = normalQuantile(CUSTOMARY_ALPHA / (2 * groups.length))
  return {
    unadjusted: isVaried && groups.some((group) => pooledZ(group, rest(group)).p < CUSTOMARY_ALPHA),
    noMargin: groups.some((group) => Math.abs(scoreStatisticDifference(group, rest(group), 0).score) > limit),
    fourFifths: groups.some((low) => groups.some((high) => isBelowFourFifths(low, high))),
  }
}

/** By whole numbers, so that exactly four fifths is not below it. */
function isBelowFourFifths(low: Proportion, high: Proportion): boolean {
  return 5 * low.count * high.total < 4 * high.count * low.total
}
