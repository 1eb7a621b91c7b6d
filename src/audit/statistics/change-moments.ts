import { constrainedLoss } from './constrained-loss.js'
import { pairedTotal, type PairedCounts } from './paired-counts.js'

/** How many images are taken to move against a hypothetical change: as many as is then most likely, or none. */
export type OtherWay = 'most-likely' | 'none'

/** Variance and third central moment of the observed change of a rate on the same images (second run minus first), if the true
 *  change were `change` (-1 to 1). The third moment tells on which side the long tail lies: that of the direction in which most
 *  images move. Inputs are trusted. Source: Tango 1998 for the most likely share; a trinomial with values 1, -1 and 0.
 *  @example changeMoments({ both: 36, onlyFirst: 2, onlySecond: 12, neither: 0 }, 0.2).variance  // 0.0048 */
export function changeMoments(
  counts: PairedCounts,
  change: number,
  otherWay: OtherWay = 'most-likely',
): { readonly variance: number; readonly third: number } {
  if (change < 0) {
    const { variance, third } = changeMoments(exchanged(counts), -change, otherWay)
    return { variance, third: 0 - third }
  }
  const total = pairedTotal(counts)
  const loss = otherWay === 'none' ? 0 : constrainedLoss(counts, change)
  return {
    variance: (2 * loss + change * (1 - change)) / total,
    third: (change * ((1 - change) * (1 - 2 * change) - 6 * loss)) / total ** 2,
  }
}

/** The same images with the runs exchanged. */
function exchanged({ both, onlyFirst, onlySecond, neither }: PairedCounts): PairedCounts {
  return { both, onlyFirst: onlySecond, onlySecond: onlyFirst, neither }
}
