import { pairedTotal, requirePairedCounts, type PairedCounts } from './paired-counts.js'

/** Variance of a change on the same images: (b + c) / n^2 - (c - b)^2 / n^3, where b images changed down, c up, of n. It is 0
 *  exactly where no image changed or all changed in one direction. Multiplied out, so that nothing cancels.
 *  Throws RangeError unless the counts are whole, not negative, and at least one image is there.
 *  @example pairedChangeVariance({ both: 36, onlyFirst: 2, onlySecond: 12, neither: 0 })  // 0.0048 */
export function pairedChangeVariance(counts: PairedCounts): number {
  requirePairedCounts('pairedChangeVariance', counts)
  const { both, onlyFirst, onlySecond, neither } = counts
  const total = pairedTotal(counts)
  return ((onlyFirst + onlySecond) * (both + neither) + 4 * onlyFirst * onlySecond) / total / total / total
}
