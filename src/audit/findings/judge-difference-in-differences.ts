import { binomialTail } from '../statistics/binomial-tail.js'
import { differenceInDifferencesTest } from '../statistics/difference-in-differences-test.js'
import { moverDifference, type EstimateWithInterval } from '../statistics/mover-difference.js'
import { pairedChangeVariance } from '../statistics/paired-change-variance.js'
import { pairedChange, pairedTotal, type PairedCounts } from '../statistics/paired-counts.js'
import { tangoInterval } from '../statistics/tango-interval.js'
import type { ChangeVerdict } from '../types/change.js'
import { decideByMargin, tooFewPairs, type ChangeRule, type PairedInput } from './decide-change.js'
import { withoutPairs, type JudgedChange } from './judge-change.js'
import { tryNearTies } from './try-near-ties.js'

type PairedSides = { readonly group: PairedCounts; readonly reference: PairedCounts }

/** Judges how much more a rate changed in a group than in its reference (group minus reference), each between the same two
 *  runs. The two must not share images: compare with the rest, not with everyone. The same steps as judgeChange, with the
 *  MOVER interval of two Tango intervals and without the guard, which knows only one side's images. `p` is that of equal changes.
 *  Pure function of its input. Throws RangeError for counts that cannot be. */
export function judgeDifferenceInDifferences(input: {
  readonly group: PairedInput
  readonly reference: PairedInput
  readonly rule: ChangeRule
}): JudgedChange {
  const { rule } = input
  const sides = { group: input.group.counts, reference: input.reference.counts }
  if (pairedTotal(sides.group) === 0 || pairedTotal(sides.reference) === 0) {
    return withoutPairs(decide(sides, rule), rule)
  }
  const asDecided = decide(sides, rule)
  const { value, interval } = difference(sides, rule.alpha)
  return {
    verdict: tryNearTies(
      asDecided,
      movedApart(input).map((moved) => decide(moved, rule)),
    ),
    asDecided,
    change: { value, interval, adjusted: difference(sides, rule.alpha / rule.m).interval },
    level: rule.alpha / rule.m,
    ...readingP(sides),
  }
}

function decide(sides: PairedSides, rule: ChangeRule): ChangeVerdict {
  const tooFew =
    tooFewPairs('group-too-small', sides.group, rule) ?? tooFewPairs('reference-too-small', sides.reference, rule)
  if (tooFew !== null) return tooFew
  const verdict = decideByMargin(difference(sides, rule.alpha / rule.m).interval, rule.margin)
  if (verdict.kind !== 'change') return verdict
  return isRareOnEitherSide(verdict.direction, sides, rule) ? verdict : { kind: 'inconclusive', reason: 'few-events' }
}

/** A change of the difference stands only if, on one of the two sides, as many images in its direction would be rare for a binomial
 *  that puts the difference exactly at the margin, the other side being what it is. Where few images change and all of them one way, the
 *  interval errs up to 2.2 times too often without it (docs/decisions/0020). */
function isRareOnEitherSide(
  direction: 'higher' | 'lower',
  { group, reference }: PairedSides,
  rule: ChangeRule,
): boolean {
  const opposite = direction === 'higher' ? 'lower' : 'higher'
  return (
    isRare(direction, group, pairedChange(reference), rule) || isRare(opposite, reference, pairedChange(group), rule)
  )
}

function isRare(
  direction: 'higher' | 'lower',
  counts: PairedCounts,
  otherChange: number,
  { alpha, m, margin }: ChangeRule,
): boolean {
  const { onlyFirst, onlySecond } = counts
  const total = pairedTotal(counts)
  const isHigher = direction === 'higher'
  const [towards, against] = isHigher ? [onlySecond, onlyFirst] : [onlyFirst, onlySecond]
  const atMargin = margin + (isHigher ? otherChange : -otherChange) + against / total
  const rate = Math.min(1, Math.max(0, atMargin))
  return binomialTail('at-least', { count: towards, total }, rate) <= alpha / m / 2
}

function difference({ group, reference }: PairedSides, alpha: number): EstimateWithInterval {
  const estimate = (counts: PairedCounts) => ({ value: pairedChange(counts), interval: tangoInterval(counts, alpha) })
  return moverDifference(estimate(group), estimate(reference))
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
