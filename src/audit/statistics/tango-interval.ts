import { findRoot } from './find-root.js'
import { normalQuantile } from './normal-quantile.js'
import { pairedChange, requirePairedCounts, type PairedCounts } from './paired-counts.js'
import type { Interval } from './proportion.js'
import { tangoStatistic } from './tango-statistic.js'

/** Tango's score interval for the change of a rate on the same images, second run minus first, at two-sided level 1 - alpha.
 *  All changes that the score test does not reject; within -1 to 1, and not a point where no image changed.
 *  Throws RangeError unless the counts are whole, not negative, and at least one image is there.
 *  Source: Tango 1998.
 *  @example tangoInterval({ both: 36, onlyFirst: 2, onlySecond: 12, neither: 0 })  // { low: 0.0611, high: 0.3447 } */
export function tangoInterval(counts: PairedCounts, alpha = 0.05): Interval {
  requirePairedCounts('tangoInterval', counts)
  const z = normalQuantile(alpha / 2)
  const change = pairedChange(counts)
  const score = (hypothesis: number) => tangoStatistic(counts, hypothesis)
  return {
    low: score(-1) > z ? findRoot((hypothesis) => score(hypothesis) - z, -1, change) : -1,
    high: score(1) < -z ? findRoot((hypothesis) => score(hypothesis) + z, change, 1) : 1,
  }
}
