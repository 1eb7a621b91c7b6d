import { mcnemarTest } from '../statistics/mcnemar-test.js'
import { pairedChange, pairedTotal } from '../statistics/paired-counts.js'
import type { Interval } from '../statistics/proportion.js'
import { tangoInterval } from '../statistics/tango-interval.js'
import type { ChangeReason, ChangeVerdict } from '../types/change.js'
import { decideChange, type ChangeRule, type PairedInput } from './decide-change.js'
import { tryNearTies } from './try-near-ties.js'

/** A change with its intervals: plain at level 1 - alpha, for reading; adjusted at 1 - alpha / m, for the verdict. All are
 *  null exactly when no image was decided in both runs. */
export type ChangeEstimate = {
  readonly value: number | null
  readonly reason?: 'not-paired'
  readonly interval: Interval | null
  readonly adjusted: Interval | null
}

export type JudgedChange = {
  readonly verdict: ChangeVerdict
  /** The verdict before near-ties were tried the other way. */
  readonly asDecided: ChangeVerdict
  /** Rate of the second run minus rate of the first. */
  readonly change: ChangeEstimate
  /** Error level of the adjusted interval. */
  readonly level: number
  /** A p-value for reading (McNemar's mid-p, or of equal changes); no verdict rests on it. */
  readonly p: number | null
  /** Why p is null, or 1 where no image was decided differently. */
  readonly pReason?: ChangeReason
}

/** Judges the change of a rate between two runs on the same images by the verdict rule, tries near-ties the other way, and
 *  gathers every number that a reader needs beside the verdict. `oneWay`: the design lets the change go only one way, as when
 *  all added labels lie on one side of the outcome; McNemar's p would then test what is already decided, and is not given.
 *  Pure function of its input. Throws RangeError for counts that cannot be. */
export function judgeChange(
  input: PairedInput & { readonly rule: ChangeRule; readonly oneWay: boolean },
): JudgedChange {
  const { counts, rule, nearTies, oneWay } = input
  if (pairedTotal(counts) === 0) return withoutPairs(decideChange(counts, rule), rule)
  const level = rule.alpha / rule.m
  const adjusted = tangoInterval(counts, level)
  const asDecided = decideChange(counts, rule, adjusted)
  const moved = nearTies ? [nearTies.raised, nearTies.lowered] : []
  return {
    verdict: tryNearTies(
      asDecided,
      moved.map((other) => decideChange(other, rule)),
    ),
    asDecided,
    change: { value: pairedChange(counts), interval: tangoInterval(counts, rule.alpha), adjusted },
    level,
    ...readingP(counts, oneWay),
  }
}

/** What is left to say where no image was decided in both runs. */
export function withoutPairs(verdict: ChangeVerdict, { alpha, m }: ChangeRule): JudgedChange {
  return {
    verdict,
    asDecided: verdict,
    change: { value: null, reason: 'not-paired', interval: null, adjusted: null },
    level: alpha / m,
    p: null,
    pReason: 'not-paired',
  }
}

function readingP(counts: PairedInput['counts'], oneWay: boolean): Pick<JudgedChange, 'p' | 'pReason'> {
  if (oneWay) return { p: null, pReason: 'one-way' }
  const { midP } = mcnemarTest(counts)
  return counts.onlyFirst + counts.onlySecond === 0 ? { p: midP, pReason: 'no-discordant-pairs' } : { p: midP }
}
