import { normalUpperTail } from './normal-upper-tail.js'
import { pairedChangeVariance } from './paired-change-variance.js'
import { pairedChange, requirePairedCounts, type PairedCounts } from './paired-counts.js'

/** Test that a rate changed as much in a group as in a reference, each measured on its own images in two runs. The two must
 *  not share images. `z` is the difference of the changes, group minus reference, in standard errors; `p` is two-sided.
 *  Throws RangeError unless the counts are whole, not negative, with at least one image on each side, and if neither change
 *  varies (on each side no image changed, or all did in one direction: `no-variation`).
 *  @example differenceInDifferencesTest({ both: 20, onlyFirst: 180, onlySecond: 0, neither: 300 }, { both: 90, onlyFirst: 12, onlySecond: 2, neither: 896 }).z  // -16.06 */
export function differenceInDifferencesTest(
  group: PairedCounts,
  reference: PairedCounts,
): { readonly z: number; readonly p: number } {
  requirePairedCounts('differenceInDifferencesTest', group)
  requirePairedCounts('differenceInDifferencesTest', reference)
  const variance = pairedChangeVariance(group) + pairedChangeVariance(reference)
  if (variance === 0) {
    throw new RangeError(
      'differenceInDifferencesTest expected some images to change and some not to but received no variation on either side',
    )
  }
  const z = (pairedChange(group) - pairedChange(reference)) / Math.sqrt(variance)
  return { z, p: 2 * normalUpperTail(Math.abs(z)) }
}
