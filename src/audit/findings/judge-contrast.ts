import { imagesNeeded } from '../statistics/images-needed.js'
import { marginPValue } from '../statistics/margin-p-value.js'
import { margins } from '../statistics/margins.js'
import { newcombeInterval } from '../statistics/newcombe-interval.js'
import type { Interval } from '../statistics/proportion.js'
import { scoreIntervalRatio } from '../statistics/score-interval-ratio.js'
import { smallestDetectableRate } from '../statistics/smallest-detectable-rate.js'
import type { LabelErrors } from '../types/derived.js'
import type { ReasonCode, Verdict } from '../types/verdict.js'
import {
  adjustedIntervals,
  decideVerdict,
  differenceFromEveryone,
  levelOf,
  ratioToEveryone,
  shareOfEveryone,
} from './decide-verdict.js'
import type { VerdictRule } from './decide-verdict.js'
import { labelErrors } from './label-errors.js'
import { effectiveSides, withMoved, type Sides } from './side.js'

/** Near-tied images of both sides. Up: outside the outcome with the runner-up inside; down: inside with the runner-up outside. */
export type NearTies = {
  readonly groupUp: number
  readonly groupDown: number
  readonly referenceUp: number
  readonly referenceDown: number
}

/** A difference or a ratio: `value` null has its reason, intervals are null exactly when a side has no images. `high` may be
 *  Infinity. `interval` is plain at level 1 - alpha, for reading; `adjusted` is the envelope at 1 - alpha / m, for the verdict. */
export type JudgedComparison = {
  readonly value: number | null
  readonly reason?: ReasonCode
  readonly interval: Interval | null
  readonly adjusted: Interval | null
}

export type JudgedContrast = {
  readonly verdict: Verdict
  /** The verdict before near-ties were tried the other way. */
  readonly asDecided: Verdict
  readonly difference: JudgedComparison
  readonly ratio: JudgedComparison
  /** Error level of the adjusted intervals. */
  readonly level: number
  readonly direction: 'higher' | 'lower' | 'equal' | null
  /** Group rates at which a disparity would begin, clamped to 0 and 1; null when the reference has no images. */
  readonly margins: readonly [lower: number, upper: number] | null
  /** The margin p; null exactly when a side has no images. */
  readonly p: number | null
  readonly pReason?: ReasonCode
  readonly detectableRate: number | null
  readonly detectableRateReason?: ReasonCode
  readonly needed: number | null
  readonly neededReason?: ReasonCode
  readonly labelErrors: LabelErrors
}

/** Judges a group against its reference by the verdict rule, tries near-ties the other way, and gathers every number that a
 *  reader needs beside the verdict. `reference` counts the rest where the reference is `overall`; what is returned is then
 *  said against everyone. `nearTies` null: not known, not tried. Pure function of its input.
 *  Throws RangeError for counts that cannot be and for margins that are none. */
export function judgeContrast(input: Sides & VerdictRule & { readonly nearTies?: NearTies | null }): JudgedContrast {
  const { group, reference } = input
  if (group.total === 0 || reference.total === 0) return withoutImages(input)
  const adjusted = adjustedIntervals(input, input)
  const asDecided = decideVerdict(input, input, adjusted)
  const verdict = nearTiesDecide(input, asDecided)
    ? ({ kind: 'inconclusive', reason: 'near-ties-decide' } as const)
    : asDecided
  return {
    verdict,
    asDecided,
    ...compareRates(input, adjusted),
    level: levelOf(input),
    direction: directionOf(input),
    margins: clampedMargins(input),
    p: marginP(input),
    ...detectable(input, verdict),
    ...needed(input, verdict),
    labelErrors: labelErrors(input, input, verdict),
  }
}

type Input = Parameters<typeof judgeContrast>[0]

function withoutImages(input: Input): JudgedContrast {
  const verdict = decideVerdict(input, input)
  const nothing = { value: null, reason: 'no-images', interval: null, adjusted: null } as const
  return {
    verdict,
    asDecided: verdict,
    difference: nothing,
    ratio: nothing,
    level: levelOf(input),
    direction: null,
    margins: clampedMargins(input),
    p: null,
    pReason: 'no-images',
    detectableRate: null,
    detectableRateReason: 'no-images',
    ...needed(input, verdict),
    labelErrors: labelErrors(input, input, verdict),
  }
}

/** Whether a disparity or a "within margin" would become anything else with every near-tied image decided the other way. */
function nearTiesDecide(input: Input, asDecided: Verdict): boolean {
  const { group, reference, nearTies } = input
  if (nearTies === undefined || nearTies === null) return false
  if (asDecided.kind !== 'disparity' && asDecided.kind !== 'within-margin') return false
  const { groupUp, groupDown, referenceUp, referenceDown } = nearTies
  const apart = [groupUp, -referenceDown] as const
  const together = [-groupDown, referenceUp] as const
  return [apart, together].some(([groupMoves, referenceMoves]) => {
    if (groupMoves === 0 && referenceMoves === 0) return false
    const moved = { group: withMoved(group, groupMoves), reference: withMoved(reference, referenceMoves) }
    const verdict = decideVerdict(moved, input)
    return verdict.kind !== asDecided.kind || directionIn(verdict) !== directionIn(asDecided)
  })
}

function directionIn(verdict: Verdict): 'higher' | 'lower' | null {
  return verdict.kind === 'disparity' ? verdict.direction : null
}

function compareRates(
  input: Input,
  adjusted: { readonly difference: Interval; readonly ratio: Interval },
): Pick<JudgedContrast, 'difference' | 'ratio'> {
  const { alpha } = input
  const { group, reference } = effectiveSides(input)
  const share = shareOfEveryone(input, input.referenceKind)
  const fromRest = input.group.count / input.group.total - input.reference.count / input.reference.total
  const newcombe = newcombeInterval(group, reference, alpha)
  const score = scoreIntervalRatio(group, reference, alpha)
  return {
    difference: {
      value: differenceFromEveryone(fromRest, share),
      interval: mapped(newcombe, (bound) => differenceFromEveryone(bound, share)),
      adjusted: adjusted.difference,
    },
    ratio: {
      ...ratioValue(input, share),
      interval: mapped(score, (bound) => ratioToEveryone(bound, share)),
      adjusted: adjusted.ratio,
    },
  }
}

function mapped({ low, high }: Interval, change: (bound: number) => number): Interval {
  return { low: change(low), high: change(high) }
}

function ratioValue({ group, reference }: Sides, share: number): Pick<JudgedComparison, 'value' | 'reason'> {
  if (group.count === 0 && reference.count === 0) return { value: null, reason: 'both-rates-zero' }
  // against everyone the group itself keeps the reference rate above 0
  if (reference.count === 0 && share === 0) return { value: null, reason: 'zero-reference-rate' }
  return { value: ratioToEveryone(group.count / group.total / (reference.count / reference.total), share) }
}

/** By whole numbers, so that equal rates are found equal. */
function directionOf({ group, reference }: Sides): 'higher' | 'lower' | 'equal' {
  const lead = group.count * reference.total - reference.count * group.total
  return lead > 0 ? 'higher' : lead < 0 ? 'lower' : 'equal'
}

function clampedMargins(input: Input): readonly [number, number] | null {
  const { reference, margin, referenceKind } = input
  if (reference.total === 0) return null
  const share = shareOfEveryone(input, referenceKind)
  const { lower, upper } = margins({ referenceRate: reference.count / reference.total, margin, share })
  return [Math.max(0, lower.rate), Math.min(1, upper.rate)]
}

function marginP(input: Input): number {
  const { margin, referenceKind } = input
  const { group, reference } = effectiveSides(input)
  const direction = directionOf(input)
  if (direction === 'equal') return 1 // inside both margins
  return marginPValue({ group, reference, margin, direction, share: shareOfEveryone(input, referenceKind) })
}

function detectable(input: Input, verdict: Verdict): Pick<JudgedContrast, 'detectableRate' | 'detectableRateReason'> {
  if (verdict.kind === 'insufficient') return { detectableRate: null, detectableRateReason: verdict.reason }
  const { margin, referenceKind } = input
  const { group, reference } = effectiveSides(input)
  const rate = smallestDetectableRate({
    groupTotal: group.total,
    referenceTotal: reference.total,
    referenceRate: reference.count / reference.total,
    alpha: levelOf(input),
    margin,
    share: shareOfEveryone(input, referenceKind),
  })
  return rate === null ? { detectableRate: null, detectableRateReason: 'not-detectable' } : { detectableRate: rate }
}

/** More images are worth asking for only where the intervals are too wide: few events and near-ties have other causes. */
function needed(input: Input, verdict: Verdict): Pick<JudgedContrast, 'needed' | 'neededReason'> {
  if (verdict.kind === 'insufficient') return { needed: null, neededReason: verdict.reason }
  if (verdict.kind !== 'inconclusive') return { needed: null, neededReason: 'settled' }
  if (verdict.reason !== 'interval-too-wide') return { needed: null, neededReason: verdict.reason }
  const { margin, referenceKind } = input
  const share = shareOfEveryone(input, referenceKind)
  const answer = imagesNeeded({ ...effectiveSides(input), alpha: levelOf(input), margin, share })
  // the factor is that of the variance, and so of images that are as much alike as these
  return answer === null
    ? { needed: null, neededReason: 'beyond-hundredfold' }
    : { needed: Math.ceil(answer.factor * input.group.total) }
}
