import { binomialTail } from '../statistics/binomial-tail.js'
import { envelopeIntervalDifference } from '../statistics/envelope-interval-difference.js'
import { envelopeIntervalRatio } from '../statistics/envelope-interval-ratio.js'
import { margins } from '../statistics/margins.js'
import type { Interval } from '../statistics/proportion.js'
import type { Verdict } from '../types/verdict.js'
import type { Margin } from '../types/definitions.js'
import type { Reference } from '../types/groups.js'
import { effectiveSides, independentUnits, type Sides } from './side.js'

/** The rule a contrast is judged by, fixed before any decision is seen. */
export type VerdictRule = {
  readonly referenceKind: Reference['kind']
  readonly alpha: number
  /** Comparisons of the family, at least 1. */
  readonly m: number
  /** Error level at which a disparity is tested, between alpha / m (the default) and alpha: Holm's step gives its own. */
  readonly level?: number
  /** Fewest images (or subjects, where they are known) on each side for a verdict. */
  readonly minimum: number
  readonly margin: Margin
}

export type AdjustedIntervals = { readonly difference: Interval; readonly ratio: Interval }

/** The group's share of everyone where the reference is everyone (`overall`), else 0: then sides are compared as they are. */
export function shareOfEveryone({ group, reference }: Sides, referenceKind: Reference['kind']): number {
  return referenceKind === 'overall' ? group.total / (group.total + reference.total) : 0
}

/** Difference from the rest, said as a difference from everyone. With share 0 it stays as it is. */
export function differenceFromEveryone(fromRest: number, share: number): number {
  return share === 0 ? fromRest : (1 - share) * fromRest
}

/** Ratio to the rest, said as a ratio to everyone; an infinite one becomes 1 / share. With share 0 it stays as it is. */
export function ratioToEveryone(toRest: number, share: number): number {
  return share === 0 ? toRest : 1 / (share + (1 - share) / toRest)
}

/** Error level of the adjusted intervals of a rule. */
export function levelOf({ alpha, m, level }: Pick<VerdictRule, 'alpha' | 'm' | 'level'>): number {
  return level ?? alpha / m
}

/** Envelope intervals of difference and ratio at two-sided level 1 - alpha / m (or 1 - level), against the reference that was
 *  asked for. Needs at least one image on both sides. */
export function adjustedIntervals(sides: Sides, rule: VerdictRule): AdjustedIntervals {
  const { group, reference } = effectiveSides(sides)
  const share = shareOfEveryone(sides, rule.referenceKind)
  const difference = envelopeIntervalDifference(group, reference, levelOf(rule))
  const ratio = envelopeIntervalRatio(group, reference, levelOf(rule))
  return {
    difference: {
      low: differenceFromEveryone(difference.low, share),
      high: differenceFromEveryone(difference.high, share),
    },
    ratio: { low: ratioToEveryone(ratio.low, share), high: ratioToEveryone(ratio.high, share) },
  }
}

/** What the counts of two sides allow us to say: the verdict rule, step by step.
 *  Near-ties are not tried here; judgeContrast does. `intervals` may be handed in if they are known already.
 *  Pure function of counts and rule. */
export function decideVerdict(sides: Sides, rule: VerdictRule, intervals?: AdjustedIntervals): Verdict {
  return conclude(sides, rule, {
    atStep: () => settledBy(intervals ?? adjustedIntervals(sides, rule), rule),
    atAlphaOverM: () => settledBy(adjustedIntervals(sides, { ...rule, level: rule.alpha / rule.m }), rule),
  })
}

/** What difference and ratio each settle. `above`: not beyond the upper margin; `isBeyondUpper`: shown to lie beyond it. */
export type Settled = { readonly difference: PartSettled; readonly ratio: PartSettled }
export type PartSettled = {
  readonly above: boolean
  readonly below: boolean
  readonly isBeyondUpper: boolean
  readonly isBeyondLower: boolean
}

function settledBy({ difference, ratio }: AdjustedIntervals, { margin }: VerdictRule): Settled {
  const part = ({ low, high }: Interval, lower: number, upper: number): PartSettled => ({
    above: high <= upper,
    below: low >= lower,
    isBeyondUpper: low > upper,
    isBeyondLower: high < lower,
  })
  return {
    difference: part(difference, -margin.difference, margin.difference),
    ratio: part(ratio, 1 / margin.ratio, margin.ratio),
  }
}

/** The steps of the rule, however it was found out what difference and ratio settle, at the level of the step for a disparity
 *  and at alpha / m for "within margin". */
export function conclude(
  sides: Sides,
  rule: VerdictRule,
  settled: { readonly atStep: () => Settled; readonly atAlphaOverM: () => Settled },
): Verdict {
  const tooFew = tooFewUnits(sides, rule)
  if (tooFew !== null) return tooFew

  const found = settled.atStep()
  if (found.difference.isBeyondUpper && found.ratio.isBeyondUpper) return guarded('higher', sides, rule)
  if (found.difference.isBeyondLower && found.ratio.isBeyondLower) return guarded('lower', sides, rule)

  // Holm's steps are for finding disparities; "within" is claimed at alpha / m whatever was found
  const { difference, ratio } = levelOf(rule) === rule.alpha / rule.m ? found : settled.atAlphaOverM()
  // beyond the margin means beyond both its parts, so either part is enough to stay within it
  if (difference.above && difference.below) return { kind: 'within-margin', settledBy: 'difference' }
  if (ratio.above && ratio.below) return { kind: 'within-margin', settledBy: 'ratio' }
  if ((difference.above || ratio.above) && (difference.below || ratio.below)) {
    return { kind: 'within-margin', settledBy: 'each-side' }
  }
  return { kind: 'inconclusive', reason: 'interval-too-wide' }
}

/** The first step: without enough images (or subjects, where they are known) on both sides there is no verdict. */
export function tooFewUnits({ group, reference }: Sides, { minimum }: Pick<VerdictRule, 'minimum'>): Verdict | null {
  const fewest = Math.max(1, minimum)
  const inGroup = independentUnits(group)
  if (inGroup < fewest) return { kind: 'insufficient', reason: 'group-too-small', total: inGroup, minimum }
  const inReference = independentUnits(reference)
  if (inReference < fewest) return { kind: 'insufficient', reason: 'reference-too-small', total: inReference, minimum }
  return null
}

/** A disparity stands only if the group's count would also be rare for a binomial whose rate lies exactly on the margin:
 *  score intervals are approximations, and with few events they err too often. */
function guarded(direction: 'higher' | 'lower', sides: Sides, rule: VerdictRule): Verdict {
  const isRare = chanceAtMargin(direction, sides, rule) <= levelOf(rule) / 2
  return isRare ? { kind: 'disparity', direction } : { kind: 'inconclusive', reason: 'few-events' }
}

/** How probable the group's count, or one further out, is for a binomial whose rate lies exactly on the margin. Effective
 *  counts that are not whole are rounded against the verdict. Needs at least one image on both sides. */
export function chanceAtMargin(
  direction: 'higher' | 'lower',
  sides: Sides,
  { referenceKind, margin }: Pick<VerdictRule, 'referenceKind' | 'margin'>,
): number {
  const { group, reference } = effectiveSides(sides)
  const referenceRate = reference.count / reference.total
  const { lower, upper } = margins({ referenceRate, margin, share: shareOfEveryone(sides, referenceKind) })
  if (direction === 'higher') {
    const fewest = { count: Math.floor(group.count), total: Math.ceil(group.total) }
    return binomialTail('at-least', fewest, Math.min(1, upper.rate))
  }
  const total = Math.max(1, Math.floor(group.total))
  const most = { count: Math.min(total, Math.ceil(group.count)), total }
  return binomialTail('at-most', most, Math.max(0, lower.rate))
}
