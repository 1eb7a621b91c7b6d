import type { Verdict } from '../types/verdict.js'
import { binomialCounts } from './binomial-counts.js'
import type { Population } from './coverage-of-pair.js'
import { followRange, NO_COUNTS } from './follow-range.js'

export type VerdictQuestion = {
  /** The verdict on a pair of counts. */
  readonly verdictAt: (inGroup: number, inReference: number) => Verdict
  readonly group: Population
  readonly reference: Population
}

/** Chance that a disparity in one direction is found: exact, over all pairs of counts that can happen. For each reference count
 *  the group counts that are beyond lie on one side of an edge, and the edge is followed from one reference count to the next.
 *  @example chanceOfDisparity({ verdictAt, group: { total: 396, rate: 0.12 }, reference: { total: 10558, rate: 0.05 } }, 'higher') */
export function chanceOfDisparity({ verdictAt, group, reference }: VerdictQuestion, side: 'higher' | 'lower'): number {
  const ofGroup = binomialCounts(group.total, group.rate)
  const ofReference = binomialCounts(reference.total, reference.rate)
  const outward = side === 'higher' ? 1 : -1
  const [innermost, outermost] = side === 'higher' ? [ofGroup.first, ofGroup.last] : [ofGroup.last, ofGroup.first]
  const isBeyond = (inGroup: number, inReference: number): boolean => {
    const verdict = verdictAt(inGroup, inReference)
    return verdict.kind === 'disparity' && verdict.direction === side
  }
  let edge = innermost // the count nearest to the reference that is beyond
  let found = 0
  for (let inReference = ofReference.first; inReference <= ofReference.last; inReference++) {
    while ((outermost - edge) * outward >= 0 && !isBeyond(edge, inReference)) edge += outward
    while (edge !== innermost && isBeyond(edge - outward, inReference)) edge -= outward
    const chance =
      side === 'higher' ? ofGroup.chanceBetween(edge, ofGroup.last) : ofGroup.chanceBetween(ofGroup.first, edge)
    found += ofReference.chance(inReference) * chance
  }
  return found
}

/** Chance of the verdict "within margin": exact. For each reference count the group counts that are within are one range, sought
 *  from the count that `seedAt` says is most within.
 *  @example chanceOfWithin({ verdictAt, group, reference, seedAt }) */
export function chanceOfWithin({
  verdictAt,
  group,
  reference,
  seedAt,
}: VerdictQuestion & { readonly seedAt: (inReference: number) => number }): number {
  const ofGroup = binomialCounts(group.total, group.rate)
  const ofReference = binomialCounts(reference.total, reference.rate)
  const limits = { low: ofGroup.first, high: ofGroup.last }
  let range = NO_COUNTS
  let found = 0
  for (let inReference = ofReference.first; inReference <= ofReference.last; inReference++) {
    range = followRange({
      before: range,
      limits,
      holds: (inGroup) => verdictAt(inGroup, inReference).kind === 'within-margin',
      seed: Math.min(limits.high, Math.max(limits.low, seedAt(inReference))),
    })
    found += ofReference.chance(inReference) * ofGroup.chanceBetween(range.low, range.high)
  }
  return found
}
