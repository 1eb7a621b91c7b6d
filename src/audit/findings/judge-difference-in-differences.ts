import { differenceInDifferencesTest } from '../statistics/difference-in-differences-test.js'
import { pairedChangeVariance } from '../statistics/paired-change-variance.js'
import { pairedTotal } from '../statistics/paired-counts.js'
import type { ChangeRule, PairedInput } from './decide-change.js'
import {
  decideDifferenceInDifferences,
  differenceOfChanges,
  type PairedSides,
} from './decide-difference-in-differences.js'
import { withoutPairs, type JudgedChange } from './judge-change.js'
import { tryNearTies } from './try-near-ties.js'

/** Judges how much more a rate changed in a group than in its reference (group minus reference), each between the same two
 *  runs. The two must not share images: compare with the rest, not with everyone. The same steps as judgeChange, with the
 *  MOVER interval of two Tango intervals and a guard that looks at both sides. `p` is that of equal changes.
 *  Pure function of its input. Throws RangeError for counts that cannot be. */
export function judgeDifferenceInDifferences(input: {
  readonly group: PairedInput
  readonly reference: PairedInput
  readonly rule: ChangeRule
}): JudgedChange {
  const { rule } = input
  const sides = { group: input.group.counts, reference: input.reference.counts }
  if (pairedTotal(sides.group) === 0 || pairedTotal(sides.reference) === 0) {
    return withoutPairs(decideDifferenceInDifferences(sides, rule), rule)
  }
  const level = rule.alpha / rule.m
  const adjusted = differenceOfChanges(sides, level).interval
  const asDecided = decideDifferenceInDifferences(sides, rule, adjusted)
  const { value, interval } = differenceOfChanges(sides, rule.alpha)
  return {
    verdict: tryNearTies(
      asDecided,
      movedApart(input).map((moved) => decideDifferenceInDifferences(moved, rule)),
    ),
    asDecided,
    change: { value, interval, adjusted },
    level,
    ...readingP(sides),
  }
}

/** Near-tied images of both sides decided so that the changes lie as far apart as they can, upward and downward; a side
 *  without known near-ties stays as it is. */
function movedApart({
  group,
  reference,
}: {
  readonly group: PairedInput
  readonly reference: PairedInput
}): PairedSides[] {
  if (!group.nearTies && !reference.nearTies) return []
  return [
    { group: group.nearTies?.raised ?? group.counts, reference: reference.nearTies?.lowered ?? reference.counts },
    { group: group.nearTies?.lowered ?? group.counts, reference: reference.nearTies?.raised ?? reference.counts },
  ]
}

function readingP({ group, reference }: PairedSides): Pick<JudgedChange, 'p' | 'pReason'> {
  const varies = pairedChangeVariance(group) + pairedChangeVariance(reference) > 0
  return varies ? { p: differenceInDifferencesTest(group, reference).p } : { p: null, pReason: 'no-variation' }
}
