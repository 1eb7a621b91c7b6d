import type { AuditDifference, NotComparableReason } from '../types/audit-comparison.js'
import type { Facts } from '../types/facts.js'
import { comparisonBasis, differsIn } from './basis.js'
import type { MatchedRun } from './match-runs.js'

/** Why nothing may be called a change between two runs, or null. Other images, another crop, other annotations and other preprocessing make
 *  other figures; another label set and another model at once leave open which of them did it. */
export function notComparable(
  differences: readonly AuditDifference[],
  [first, second]: readonly [Facts, Facts],
  run: MatchedRun,
): NotComparableReason | null {
  const isOtherDesign = !sameDesign(first, second, run)
  const basis = comparisonBasis(differences)
  const reasons: readonly (readonly [boolean, NotComparableReason])[] = [
    [differsIn(differences, 'simulated'), 'simulated-and-real'],
    [differsIn(differences, 'crop'), 'other-crop'],
    [differsIn(differences, 'attributes'), 'other-attributes'],
    [differsIn(differences, 'evidence'), 'other-evidence'],
    [differsIn(differences, 'dataset'), 'other-images'],
    [differsIn(differences, 'preprocessing') && !differsIn(differences, 'model'), 'other-preprocessing'],
    [differsIn(differences, 'reference'), 'other-reference'],
    [isHalf(run.labelSets) || isHalf(run.evidence), 'other-labels'],
    [isOtherDesign && basis !== 'design', 'several-differ'],
  ]
  return reasons.find(([holds]) => holds)?.[1] ?? null
}

/** A run that the other audit has not. Failures to process have no run in either. */
function isHalf([first, second]: MatchedRun['labelSets']): boolean {
  return (first === null) !== (second === null)
}

/** Whether both runs ask a model the same, and mean the same by it. */
export function sameDesign(first: Facts, second: Facts, { labelSets }: MatchedRun): boolean {
  const [before, after] = [first, second].map((facts, side) => facts.labelSets.find(({ id }) => id === labelSets[side]))
  const asked = (labelSet: typeof before): string =>
    JSON.stringify([labelSet?.promptsSha256, labelSet?.outcomes, labelSet?.labels])
  return asked(before) === asked(after)
}
