import { binomialTail } from '../statistics/binomial-tail.js'
import { envelopeIntervalDifference } from '../statistics/envelope-interval-difference.js'
import { envelopeIntervalRatio } from '../statistics/envelope-interval-ratio.js'
import { margins } from '../statistics/margins.js'
import type { Interval, Proportion } from '../statistics/proportion.js'
import type { Verdict } from '../types/verdict.js'
import type { Margin } from '../types/definitions.js'
import type { Reference } from '../types/groups.js'

/** Two sides of a contrast. Where the reference is `overall`, `reference` still counts the rest: everyone but the group. */
export type Sides = { readonly group: Proportion; readonly reference: Proportion }

/** The rule a contrast is judged by, fixed before any decision is seen. */
export type VerdictRule = {
  readonly referenceKind: Reference['kind']
  readonly alpha: number
  /** Comparisons of the family, at least 1. */
  readonly m: number
  /** Fewest images on each side for a verdict. */
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

/** Envelope intervals of difference and ratio at two-sided level 1 - alpha / m, against the reference that was asked for.
 *  Needs at least one image on both sides. */
export function adjustedIntervals(sides: Sides, { referenceKind, alpha, m }: VerdictRule): AdjustedIntervals {
  const { group, reference } = sides
  const share = shareOfEveryone(sides, referenceKind)
  const difference = envelopeIntervalDifference(group, reference, alpha / m)
  const ratio = envelopeIntervalRatio(group, reference, alpha / m)
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
  const { group, reference } = sides
  const { minimum, margin } = rule
  const fewest = Math.max(1, minimum)
  if (group.total < fewest) return insufficient('group-too-small', group.total, minimum)
  if (reference.total < fewest) return insufficient('reference-too-small', reference.total, minimum)

  const { difference, ratio } = intervals ?? adjustedIntervals(sides, rule)
  if (difference.low > margin.difference && ratio.low > margin.ratio) return guarded('higher', sides, rule)
  if (difference.high < -margin.difference && ratio.high < 1 / margin.ratio) return guarded('lower', sides, rule)

  // beyond the margin means beyond both its parts, so either part is enough to stay within it
  const differenceSettles = { above: difference.high <= margin.difference, below: difference.low >= -margin.difference }
  const ratioSettles = { above: ratio.high <= margin.ratio, below: ratio.low >= 1 / margin.ratio }
  if (differenceSettles.above && differenceSettles.below) return { kind: 'within-margin', settledBy: 'difference' }
  if (ratioSettles.above && ratioSettles.below) return { kind: 'within-margin', settledBy: 'ratio' }
  if ((differenceSettles.above || ratioSettles.above) && (differenceSettles.below || ratioSettles.below)) {
    return { kind: 'within-margin', settledBy: 'each-side' }
  }
  return { kind: 'inconclusive', reason: 'interval-too-wide' }
}

function insufficient(reason: 'group-too-small' | 'reference-too-small', total: number, minimum: number): Verdict {
  return { kind: 'insufficient', reason, total, minimum }
}

/** A disparity stands only if the group's count would also be rare for a binomial whose rate lies exactly on the margin:
 *  score intervals are approximations, and with few events they err too often. */
function guarded(
  direction: 'higher' | 'lower',
  sides: Sides,
  { referenceKind, alpha, m, margin }: VerdictRule,
): Verdict {
  const { group, reference } = sides
  const referenceRate = reference.count / reference.total
  const { lower, upper } = margins({ referenceRate, margin, share: shareOfEveryone(sides, referenceKind) })
  const chance =
    direction === 'higher'
      ? binomialTail('at-least', group, Math.min(1, upper.rate))
      : binomialTail('at-most', group, Math.max(0, lower.rate))
  return chance <= alpha / (2 * m) ? { kind: 'disparity', direction } : { kind: 'inconclusive', reason: 'few-events' }
}
