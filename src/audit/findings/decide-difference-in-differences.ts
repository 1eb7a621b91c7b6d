import { moverDifference, type EstimateWithInterval } from '../statistics/mover-difference.js'
import { normalQuantile } from '../statistics/normal-quantile.js'
import { pairedChange, type PairedCounts } from '../statistics/paired-counts.js'
import type { Interval } from '../statistics/proportion.js'
import { scoreStatisticChanges } from '../statistics/score-statistic-changes.js'
import { tangoInterval } from '../statistics/tango-interval.js'
import type { ChangeVerdict } from '../types/change.js'
import { decideByMargin, tooFewPairs, type ChangeRule } from './decide-change.js'

/** Counts of a group and of its reference, which share no image, each in the same two runs. */
export type PairedSides = { readonly group: PairedCounts; readonly reference: PairedCounts }

/** How much more a rate changed in the group than in the reference, with the MOVER interval of two Tango intervals at two-sided
 *  level 1 - alpha. Needs at least one image on both sides. */
export function differenceOfChanges({ group, reference }: PairedSides, alpha: number): EstimateWithInterval {
  const estimate = (counts: PairedCounts) => ({ value: pairedChange(counts), interval: tangoInterval(counts, alpha) })
  return moverDifference(estimate(group), estimate(reference))
}

/** What the paired counts of two sides allow us to say of the difference of their changes: the steps of decideChange, with the
 *  minimum on both sides. Near-ties are not tried here. `interval` (that of differenceOfChanges at alpha / m) may be handed in
 *  if it is known already. Pure function of counts and rule. Throws RangeError for counts that cannot be. */
export function decideDifferenceInDifferences(
  sides: PairedSides,
  rule: ChangeRule,
  interval?: Interval,
): ChangeVerdict {
  const tooFew =
    tooFewPairs('group-too-small', sides.group, rule) ?? tooFewPairs('reference-too-small', sides.reference, rule)
  if (tooFew !== null) return tooFew
  const verdict = decideByMargin(interval ?? differenceOfChanges(sides, rule.alpha / rule.m).interval, rule.margin)
  if (verdict.kind !== 'change') return verdict
  return isBeyondIfSkewed(verdict.direction, sides, rule) ? verdict : { kind: 'inconclusive', reason: 'few-events' }
}

/** A change of the difference stands only if the score test at the margin, corrected for skewness, rejects too. Where few images change
 *  and most of them one way, the interval alone errs up to three times too often. A binomial of one side, as for a single change, does not
 *  help: it takes the other side, and the images that change the other way, as known (docs/decisions/0020). */
function isBeyondIfSkewed(
  direction: 'higher' | 'lower',
  { group, reference }: PairedSides,
  { alpha, m, margin }: ChangeRule,
): boolean {
  const { score, skewness } =
    direction === 'higher'
      ? scoreStatisticChanges(group, reference, margin)
      : scoreStatisticChanges(reference, group, margin)
  const z = normalQuantile(alpha / m / 2)
  return score - skewness * (z * z - 1) > z
}
