import { normalUpperTail } from './normal-upper-tail.js'
import { requireProportion } from './proportion.js'
import type { Proportion } from './proportion.js'

/** Pooled z test of equal rates in two groups (its square is Pearson's chi-squared with one degree of freedom).
 *  `p` is two-sided. Use Fisher's exact test where an expected count is below 5.
 *  Throws RangeError unless 0 <= count <= total and total > 0 on both sides, and if nobody or everybody is counted (then
 *  there is no variation to test).
 *  @example pooledZ({ count: 56, total: 70 }, { count: 48, total: 80 })  // { z: 2.650, p: 0.00805 } */
export function pooledZ(group: Proportion, reference: Proportion): { readonly z: number; readonly p: number } {
  requireProportion('pooledZ', group)
  requireProportion('pooledZ', reference)
  const total = group.total + reference.total
  const pooled = (group.count + reference.count) / total
  if (pooled === 0 || pooled === 1) {
    throw new RangeError(
      `pooledZ expected some but not all observations to be counted but received ${pooled * total} of ${total}`,
    )
  }
  const difference = group.count / group.total - reference.count / reference.total
  const z = difference / Math.sqrt(pooled * (1 - pooled) * (1 / group.total + 1 / reference.total))
  return { z, p: 2 * normalUpperTail(Math.abs(z)) }
}
