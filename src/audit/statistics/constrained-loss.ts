import { pairedTotal, type PairedCounts } from './paired-counts.js'

/** Maximum likelihood probability of "only in the first run" when "only in the second" is larger by `change` (0 to 1): the
 *  root of a quadratic, in the form that subtracts nothing. Inputs are trusted. Source: Tango 1998.
 *  @example constrainedLoss({ both: 36, onlyFirst: 2, onlySecond: 12, neither: 0 }, 0)  // 0.14, half of those that changed */
export function constrainedLoss(counts: PairedCounts, change: number): number {
  const { onlyFirst, onlySecond } = counts
  const total = pairedTotal(counts)
  const linear = (2 * total - onlySecond + onlyFirst) * change - onlySecond - onlyFirst
  const constant = onlyFirst * change * (1 - change) // with the sign turned: the quadratic has -constant
  const root = Math.sqrt(linear * linear + 8 * total * constant)
  return linear > 0 ? (2 * constant) / (root + linear) : (root - linear) / (4 * total)
}
