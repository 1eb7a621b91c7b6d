import type { OutcomeTask } from '../findings/outcome-tasks.js'
import { effectiveCounts, independentUnits, withMoved, type Side } from '../findings/side.js'
import { sideOf } from '../findings/task-sides.js'
import { harmOf } from '../findings/to-finding.js'
import { binomialTail } from '../statistics/binomial-tail.js'
import { envelopeIntervalRatio } from '../statistics/envelope-interval-ratio.js'
import type { BoundedValue, CaseReason, LimitCase } from '../types/gate.js'
import { bounded } from './bounded.js'
import { unlessNearTiesDecide, type Standing } from './standing.js'
import { comparableGroups, placeOf, type GateSubject } from './subject.js'

/** The least impact ratio, or null where it is only reported, and the smallest share of the images for which it is formed. */
export type ImpactLimit = { readonly atLeast: number | null; readonly leaveOutUnder: number; readonly level: number }

/** Pairs of groups that an impact ratio could be about: the best group is chosen by the data, so that any of them may be held against
 *  any other (measures.md A8, reference `best`). Only totals enter. */
export function pairsInImpact(task: OutcomeTask, leaveOutUnder: number): number {
  const groups = eligibleGroups(task, leaveOutUnder).length
  return (groups * (groups - 1)) / 2
}

/** Every group's favourable rate over that of the group where it is highest, with the ratio of the adverse rates beside it: 86 % over 99 %
 *  is 0.87 where 14 % over 1 % is 14. Favourable is: outside an outcome that harms, inside one that harms nobody. The envelope interval at
 *  the level of the limit decides, with the few-events guard, never the ratio by itself. */
export function impactCases(task: OutcomeTask, limit: ImpactLimit, { facts }: GateSubject): LimitCase[] {
  const isHarm = harmOf({ probe: task.probe, outcome: task.outcome, labelSet: task.family.labelSet }, facts) !== 'none'
  const sides = task.grouped.groups.map((_, index) => sideOf(task.counts[index], task.subjectCounts?.groups[index]))
  const favourable = sides.map((side) => (isHarm ? inverted(side) : side))
  const eligible = eligibleGroups(task, limit.leaveOutUnder)
  const best = eligible.length < 2 ? null : bestOf(eligible, favourable) // one group alone is compared with nobody
  const counted = { task, limit, favourable, best, isHarm }
  return comparableGroups(task).map((index) => impactCase(index, counted))
}

type Counted = {
  readonly task: OutcomeTask
  readonly limit: ImpactLimit
  /** One per group: images on the favourable side. */
  readonly favourable: readonly Side[]
  /** null where fewer than two groups have enough images. */
  readonly best: number | null
  readonly isHarm: boolean
}

function impactCase(index: number, counted: Counted): LimitCase {
  const { task, favourable, best } = counted
  const { count, total } = favourable[index]
  const reference = { kind: 'best' } as const
  const own = { ...placeOf(task), group: task.grouped.groups[index], count, total }
  if (best === null) {
    const { standing, reason } = alone(index, counted)
    return { ...own, ...nothing(reason), standing, reason }
  }
  const other = favourable[best]
  const against = { reference, group: task.grouped.groups[best], count: other.count, total: other.total }
  if (index === best) return { ...own, against, ...bounded(1, 'best-group'), standing: 'best', reason: 'best-group' }
  const standing = standingWithNearTies(index, best, counted)
  const isLeftOut = standing.standing === 'left-out' || total === 0
  return {
    ...own,
    against,
    ...(isLeftOut ? nothing(standing.reason ?? 'no-images') : ratioOf(favourable[index], other, counted.limit.level)),
    adverse: isLeftOut
      ? nothing(standing.reason ?? 'no-images')
      : ratioOf(inverted(favourable[index]), inverted(other), counted.limit.level),
    ...standing,
  }
}

/** A group where no two have enough images: left out, too small itself, or with nobody to be held against. */
function alone(
  index: number,
  { task, limit }: Counted,
): { readonly standing: 'left-out' | 'insufficient'; readonly reason: CaseReason } {
  if (shareOf(index, task) < limit.leaveOutUnder) return { standing: 'left-out', reason: 'share-too-small' }
  const isEligible = eligibleGroups(task, limit.leaveOutUnder).includes(index)
  return { standing: 'insufficient', reason: isEligible ? 'reference-too-small' : 'group-too-small' }
}

function nothing(reason: CaseReason): BoundedValue {
  return bounded(reason, reason)
}

function ratioOf(group: Side, reference: Side, level: number): BoundedValue {
  const interval = envelopeIntervalRatio(effectiveCounts(group), effectiveCounts(reference), level)
  if (group.count === 0 && reference.count === 0) return bounded('both-rates-zero', interval)
  if (reference.count === 0) return bounded('zero-reference-rate', interval)
  return bounded(group.count / group.total / (reference.count / reference.total), interval)
}

function inverted(side: Side): Side {
  return { ...side, count: side.total - side.count }
}

function eligibleGroups(task: OutcomeTask, leaveOutUnder: number): number[] {
  const least = Math.max(1, task.family.minimum, leaveOutUnder * imagesIn(task))
  return comparableGroups(task).filter((index) => task.counts[index].total >= least)
}

function imagesIn(task: OutcomeTask): number {
  return comparableGroups(task).reduce((sum, index) => sum + task.counts[index].total, 0)
}

function shareOf(index: number, task: OutcomeTask): number {
  return task.counts[index].total / Math.max(1, imagesIn(task))
}

/** Ties go to the declared order. `eligible` is not empty. */
function bestOf(eligible: readonly number[], favourable: readonly Side[]): number {
  const rate = (index: number): number => favourable[index].count / favourable[index].total
  return eligible.reduce((best, index) => (rate(index) > rate(best) ? index : best))
}

function standingWithNearTies(index: number, best: number, { task, limit, favourable, isHarm }: Counted): Standing {
  if (shareOf(index, task) < limit.leaveOutUnder) return { standing: 'left-out', reason: 'share-too-small' }
  const asDecided = standingOf(favourable[index], favourable[best], task, limit)
  if (!task.nearTiesKnown) return asDecided
  const sign = isHarm ? -1 : 1 // a harmful image more is a favourable one less
  const [own, other] = [task.counts[index], task.counts[best]]
  const moved = (group: number, reference: number) => (): Standing =>
    standingOf(withMoved(favourable[index], group), withMoved(favourable[best], reference), task, limit)
  return unlessNearTiesDecide(asDecided, [
    moved(sign * own.nearUp, -sign * other.nearDown),
    moved(-sign * own.nearDown, sign * other.nearUp),
  ])
}

function standingOf(group: Side, reference: Side, { family }: OutcomeTask, { atLeast, level }: ImpactLimit): Standing {
  const fewest = Math.max(1, family.minimum)
  if (independentUnits(group) < fewest) return { standing: 'insufficient', reason: 'group-too-small' }
  if (independentUnits(reference) < fewest) return { standing: 'insufficient', reason: 'reference-too-small' }
  if (atLeast === null) return { standing: 'unsettled' }
  const interval = envelopeIntervalRatio(effectiveCounts(group), effectiveCounts(reference), level)
  if (interval.low >= atLeast) return { standing: 'within' }
  if (interval.high >= atLeast) return { standing: 'unsettled', reason: 'interval-too-wide' }
  return isRare(group, reference, atLeast) <= level / 2
    ? { standing: 'exceeded' }
    : { standing: 'unsettled', reason: 'few-events' }
}

/** Chance of so few favourable images, or fewer, for a binomial whose rate lies exactly on the bound. */
function isRare(group: Side, reference: Side, atLeast: number): number {
  const { count, total } = effectiveCounts(group)
  const most = Math.max(1, Math.floor(total))
  const bound = (atLeast * reference.count) / reference.total
  return binomialTail('at-most', { count: Math.min(most, Math.ceil(count)), total: most }, bound)
}
