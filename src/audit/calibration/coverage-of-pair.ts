import type { Interval, Proportion } from '../statistics/proportion.js'
import { binomialCounts, type BinomialCounts } from './binomial-counts.js'

export type Population = { readonly total: number; readonly rate: number }

export type PairQuestion = {
  readonly interval: (group: Proportion, reference: Proportion) => Interval
  readonly group: Population
  readonly reference: Population
  /** The true difference or ratio that the interval is meant to hold. */
  readonly truth: number
  /** Smallest count on either side for which the interval is defined; default 0. */
  readonly leastCount?: number
}

export type PairCoverage = {
  /** Chance that the interval holds the truth, given that it is defined. */
  readonly coverage: number
  /** Chance that it is not defined. */
  readonly undefinedShare: number
}

/** How often an interval for two proportions holds the truth: exact, over all pairs of counts that can happen.
 *  Not pair by pair: both bounds rise with the group's count and fall with the reference's. So the reference counts that cover
 *  are a range, and its two ends only move up while the group's count does.
 *  @example coverageOfPair({ interval: newcombeInterval, group: { total: 30, rate: 0.3 }, reference: { total: 30, rate: 0.3 }, truth: 0 }) */
export function coverageOfPair({ interval, group, reference, truth, leastCount = 0 }: PairQuestion): PairCoverage {
  const [ofGroup, ofReference] = [
    binomialCounts(group.total, group.rate),
    binomialCounts(reference.total, reference.rate),
  ]
  const [start, end] = [Math.max(leastCount, ofReference.first), ofReference.last]
  const boundsAt = (inGroup: number, inReference: number): Interval =>
    interval({ count: inGroup, total: group.total }, { count: inReference, total: reference.total })
  let [from, to] = [start, start - 1]
  let covered = 0
  for (let count = Math.max(leastCount, ofGroup.first); count <= ofGroup.last; count++) {
    while (from <= end && boundsAt(count, from).low > truth) from++
    while (to < end && boundsAt(count, to + 1).high >= truth) to++
    covered += ofGroup.chance(count) * ofReference.chanceBetween(from, to)
  }
  const defined = chanceOfAtLeast(ofGroup, leastCount) * chanceOfAtLeast(ofReference, leastCount)
  return { coverage: covered / defined, undefinedShare: 1 - defined }
}

/** The same, pair by pair: for intervals whose bounds need not be in order, and to check the shorter way. */
export function coverageOfEveryPair({ interval, group, reference, truth }: PairQuestion): number {
  const [ofGroup, ofReference] = [
    binomialCounts(group.total, group.rate),
    binomialCounts(reference.total, reference.rate),
  ]
  let covered = 0
  for (let inGroup = ofGroup.first; inGroup <= ofGroup.last; inGroup++) {
    for (let inReference = ofReference.first; inReference <= ofReference.last; inReference++) {
      const { low, high } = interval(
        { count: inGroup, total: group.total },
        { count: inReference, total: reference.total },
      )
      if (low <= truth && truth <= high) covered += ofGroup.chance(inGroup) * ofReference.chance(inReference)
    }
  }
  return covered
}

function chanceOfAtLeast({ total, chanceBetween }: BinomialCounts, count: number): number {
  return chanceBetween(count, total)
}
