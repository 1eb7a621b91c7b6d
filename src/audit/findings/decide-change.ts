import { binomialTail } from '../statistics/binomial-tail.js'
import { pairedTotal, type PairedCounts } from '../statistics/paired-counts.js'
import type { Interval } from '../statistics/proportion.js'
import { tangoInterval } from '../statistics/tango-interval.js'
import type { ChangeVerdict } from '../types/change.js'

/** The rule a change is judged by, fixed before any decision is seen. */
export type ChangeRule = {
  readonly alpha: number
  /** Changes of the family, at least 1. */
  readonly m: number
  /** Fewest images decided in both runs for a verdict. */
  readonly minimum: number
  /** Largest change that does not matter, as a share from 0 to below 1 (0.01 is one point). The same images are their own
   *  reference, so there is no ratio. */
  readonly margin: number
}

/** Counts of a group (and of nothing else) in two runs, and how far a near-tied image could move them. */
export type PairedInput = {
  readonly counts: PairedCounts
  /** Absent or null: not known, not tried. */
  readonly nearTies?: PairedNearTies | null
}

/** The counts with every image that is near-tied between inside and outside the outcome, in either run, decided so that the
 *  change is as high (`raised`) or as low (`lowered`) as it can be. */
export type PairedNearTies = { readonly raised: PairedCounts; readonly lowered: PairedCounts }

/** What the paired counts allow us to say of the change: the verdict rule, step by step. Near-ties are not tried here;
 *  judgeChange does. `interval` (Tango's at two-sided level 1 - alpha / m) may be handed in if it is known already.
 *  Pure function of counts and rule. Throws RangeError for counts that cannot be. */
export function decideChange(counts: PairedCounts, rule: ChangeRule, interval?: Interval): ChangeVerdict {
  const tooFew = tooFewPairs('group-too-small', counts, rule)
  if (tooFew !== null) return tooFew
  const verdict = decideByMargin(interval ?? tangoInterval(counts, rule.alpha / rule.m), rule.margin)
  if (verdict.kind !== 'change') return verdict
  return isRareAtMargin(verdict.direction, counts, rule) ? verdict : { kind: 'inconclusive', reason: 'few-events' }
}

/** The first step: without enough images decided in both runs there is no verdict. */
export function tooFewPairs(
  reason: 'group-too-small' | 'reference-too-small',
  counts: PairedCounts,
  { minimum }: ChangeRule,
): ChangeVerdict | null {
  const total = pairedTotal(counts)
  return total < Math.max(1, minimum) ? { kind: 'insufficient', reason, total, minimum } : null
}

/** The steps that an adjusted interval decides: beyond the margin, within it, or neither. */
export function decideByMargin({ low, high }: Interval, margin: number): ChangeVerdict {
  if (low > margin) return { kind: 'change', direction: 'higher' }
  if (high < -margin) return { kind: 'change', direction: 'lower' }
  if (low >= -margin && high <= margin) return { kind: 'within-margin', settledBy: 'difference' }
  return { kind: 'inconclusive', reason: 'interval-too-wide' }
}

/** A change stands only if as many images in its direction would be rare for a binomial that makes the change exactly the
 *  margin: where nearly all changes go one way, the score interval errs up to 2.8 times too often. */
function isRareAtMargin(
  direction: 'higher' | 'lower',
  counts: PairedCounts,
  { alpha, m, margin }: ChangeRule,
): boolean {
  const { onlyFirst, onlySecond } = counts
  const [towards, against] = direction === 'higher' ? [onlySecond, onlyFirst] : [onlyFirst, onlySecond]
  const total = pairedTotal(counts)
  const rate = Math.min(1, margin + against / total)
  return binomialTail('at-least', { count: towards, total }, rate) <= alpha / m / 2
}
