import type { Interval, Proportion } from '../statistics/proportion.js'
import { binomialCounts } from './binomial-counts.js'

/** How often an interval for one proportion holds the true rate, by adding up every count that can happen: exact, no simulation.
 *  @example coverageOfRate(wilsonInterval, { total: 118, rate: 0.001 }, 0.05)  // 0.8886 */
export function coverageOfRate(
  interval: (proportion: Proportion, alpha: number) => Interval,
  { total, rate }: { readonly total: number; readonly rate: number },
  alpha: number,
): number {
  const counts = binomialCounts(total, rate)
  let covered = 0
  for (let count = counts.first; count <= counts.last; count++) {
    const { low, high } = interval({ count, total }, alpha)
    if (low <= rate && rate <= high) covered += counts.chance(count)
  }
  return covered
}
