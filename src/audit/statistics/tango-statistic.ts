import { constrainedLoss } from './constrained-loss.js'
import { pairedTotal, type PairedCounts } from './paired-counts.js'

/** Tango's score statistic of a hypothetical change of a rate on the same images (second run minus first, -1 to 1).
 *  Decreases as the hypothesis grows; infinite where the hypothesis makes the counts impossible, 0 where it makes them
 *  certain. Inputs are trusted: tangoInterval checks them. Source: Tango 1998.
 *  @example tangoStatistic({ both: 36, onlyFirst: 2, onlySecond: 12, neither: 0 }, 0)  // 2.673, the root of McNemar's chi-squared */
export function tangoStatistic(counts: PairedCounts, change: number): number {
  const { onlyFirst, onlySecond } = counts
  if (change < 0) {
    // the other way round, so that the probability solved for is the smaller of the two and never negative by rounding
    return 0 - tangoStatistic({ ...counts, onlyFirst: onlySecond, onlySecond: onlyFirst }, -change)
  }
  const total = pairedTotal(counts)
  const spread = change * (1 - change)
  const variance = total * (2 * constrainedLoss(counts, change) + spread)
  const distance = onlySecond - onlyFirst - total * change
  if (variance === 0) return distance === 0 ? 0 : distance * Infinity
  return distance / Math.sqrt(variance)
}
