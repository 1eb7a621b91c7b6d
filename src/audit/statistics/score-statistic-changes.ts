import { changeMoments, type OtherWay } from './change-moments.js'
import { findRoot } from './find-root.js'
import { pairedChange, type PairedCounts } from './paired-counts.js'
import type { ScoreStatistic } from './score-statistic-difference.js'

/** Score statistic of a hypothetical difference of two changes (group minus reference, above -1 and below 1), each between two runs
 *  on its own images. `skewness` is the gamma of Gart & Nam, 0 where the variance is 0: where few
 *  images change and most of them one way, a score alone rejects several times too often. Where no image of either side moved
 *  the other way, none is taken to: else the hypothesis would be explained by images moving both ways that nobody saw.
 *  Inputs are trusted. Source: Tango 1998 for one change; Gart & Nam 1990 for the correction, as for two rates; put together by us.
 *  @example scoreStatisticChanges({ both: 20, onlyFirst: 180, onlySecond: 0, neither: 300 }, { both: 90, onlyFirst: 12, onlySecond: 2, neither: 896 }, -0.01).score  // -12.838 */
export function scoreStatisticChanges(
  group: PairedCounts,
  reference: PairedCounts,
  difference: number,
): ScoreStatistic {
  const otherWay = isOneWay(group, reference) ? 'none' : 'most-likely'
  const change = constrainedChange({ group, reference, difference, otherWay })
  const ofGroup = changeMoments(group, change, otherWay)
  const ofReference = changeMoments(reference, change - difference, otherWay)
  const variance = ofGroup.variance + ofReference.variance
  const distance = pairedChange(group) - pairedChange(reference) - difference
  if (variance === 0) return { score: distance === 0 ? 0 : distance * Infinity, skewness: 0 }
  return {
    score: distance / Math.sqrt(variance),
    skewness: (ofGroup.third - ofReference.third) / (6 * variance * Math.sqrt(variance)),
  }
}

function isOneWay(group: PairedCounts, reference: PairedCounts): boolean {
  return group.onlyFirst + reference.onlyFirst === 0 || group.onlySecond + reference.onlySecond === 0
}

type Hypothesis = {
  readonly group: PairedCounts
  readonly reference: PairedCounts
  readonly difference: number
  readonly otherWay: OtherWay
}

/** Maximum likelihood change of the group when it is larger than the reference's by `difference`: where the pull of the group's
 *  images towards their own change and that of the reference's towards theirs, each by its variance there, balance. */
function constrainedChange({ group, reference, difference, otherWay }: Hypothesis): number {
  const own = pairedChange(group)
  const fromReference = pairedChange(reference) + difference
  const pull = (change: number): number =>
    pullOver(own - change, changeMoments(group, change, otherWay).variance) -
    pullOver(change - fromReference, changeMoments(reference, change - difference, otherWay).variance)
  // neither change can be outside -1 to 1
  const possible = (change: number): number => Math.min(1, 1 + difference, Math.max(-1, difference - 1, change))
  const [start, end] = [possible(own), possible(fromReference)]
  return start === end ? start : findRoot(pull, start, end)
}

/** Infinite where nothing varies: there the images allow no other change. */
function pullOver(distance: number, variance: number): number {
  return distance === 0 ? 0 : distance / variance
}
