import { breslowDayPermutation } from '../statistics/breslow-day-permutation.js'
import { breslowDay } from '../statistics/breslow-day.js'
import { mantelHaenszelRiskDifference } from '../statistics/mantel-haenszel-risk-difference.js'
import type { EstimateWithInterval } from '../statistics/mover-difference.js'
import { createRandom, type Random } from '../statistics/random.js'
import { standardisedDifference } from '../statistics/standardised-difference.js'
import { standardisedRate } from '../statistics/standardised-rate.js'
import type { Standardisation } from '../types/definitions.js'
import type { StandardisedEstimate } from '../types/estimates.js'
import type { Facts } from '../types/facts.js'
import type { CountedSides } from './comparisons.js'
import { namesOf, streamOf, type OutcomeTask } from './outcome-tasks.js'
import { groupFacts } from '../measures/group-facts.js'
import { strataOf, type Stratum } from './strata.js'
import { taskSides } from './task-sides.js'

const MOST_DRAWS = 999 // each fits every stratum anew; this p is for reading, to two digits
const FEWEST_EXPECTED = 5 // below this in any fitted cell the chi-squared curve is no guide

/** Differences at an equal mix of other attributes, where a probe asks for them: what is left of a gender gap when both genders
 *  have the same ages and races. Description; no verdict rests on it. Source: direct standardisation, Rothman et al. 2008. */
export function standardisedEstimates(facts: Facts, tasks: readonly OutcomeTask[]): StandardisedEstimate[] {
  return facts.probes.flatMap((probe) =>
    probe.standardise.flatMap((asked) =>
      tasks
        .filter((task) => task.probe === probe.id && isGroupedBy(task, asked.groupBy))
        .flatMap((task) => taskSides(task).map(({ counted }) => estimateOf(facts, task, asked, counted))),
    ),
  )
}

type Drawing = { readonly draws: number; readonly random: Random }

function isGroupedBy({ family }: OutcomeTask, groupBy: readonly string[]): boolean {
  return JSON.stringify(family.groupBy) === JSON.stringify(groupBy)
}

function estimateOf(
  facts: Facts,
  task: OutcomeTask,
  { over }: Standardisation,
  { group, referenceGroup }: CountedSides,
): StandardisedEstimate {
  const { grouped, derive } = task
  const named = {
    kind: 'standardised',
    ...namesOf(task),
    over,
    group: grouped.groups[group],
    reference: referenceGroup === null ? null : grouped.groups[referenceGroup],
  } as const
  const nothing = { rates: null, difference: null, common: null, sameInAllStrata: null } as const
  if (!areKnown(facts, over, derive)) {
    return { ...named, strata: 0, strataLeftOut: 0, imagesLeftOut: 0, ...nothing, reason: 'attribute-absent' }
  }
  const byOver = groupFacts(facts.dataset, over, derive)
  const all = strataOf({ grouped, over: byOver, inCells: task.inCells, group, referenceGroup })
  const occurring = all.filter((stratum) => stratum.group.total + stratum.reference.total > 0)
  const strata = occurring.filter((stratum) => stratum.group.total > 0 && stratum.reference.total > 0)
  const sizes = {
    strata: strata.length,
    strataLeftOut: occurring.length - strata.length,
    imagesLeftOut: images(occurring) - images(strata),
  }
  if (strata.length === 0) return { ...named, ...sizes, ...nothing, reason: 'no-overlap' }
  const stream = [streamOf('strata', task), JSON.stringify([over, grouped.groups[group]])].join('/')
  const drawing = { draws: Math.min(MOST_DRAWS, facts.policy.permutations), random: createRandom(facts.seed, stream) }
  return { ...named, ...sizes, ...measured(strata, task, drawing) }
}

function areKnown({ dataset }: Facts, over: readonly string[], derive: OutcomeTask['derive']): boolean {
  return over.every((name) => {
    const source = derive.find(({ id }) => id === name)?.from ?? name
    return dataset.attributes.some((attribute) => attribute.name === source)
  })
}

function images(strata: readonly Stratum[]): number {
  return strata.reduce((sum, { group, reference }) => sum + group.total + reference.total, 0)
}

function measured(
  strata: readonly Stratum[],
  { family, subjectCounts }: OutcomeTask,
  drawing: Drawing,
): Pick<StandardisedEstimate, 'rates' | 'difference' | 'common' | 'commonReason' | 'sameInAllStrata'> {
  const weighted = (side: 'group' | 'reference') =>
    strata.map((stratum) => ({ weight: images([stratum]), proportion: stratum[side] }))
  const [group, reference] = [weighted('group'), weighted('reference')]
  const part = partOfDifference(strata, family)
  const isIndependent = subjectCounts === null // with several images a subject these intervals would be too narrow
  const written = ({ value, interval }: EstimateWithInterval) => ({
    value,
    ...(isIndependent
      ? { interval: [interval.low, interval.high] as const }
      : { interval: null, intervalReason: 'repeated-subjects' as const }),
  })
  return {
    rates: [written(standardisedRate(group, family.alpha)), written(standardisedRate(reference, family.alpha))],
    difference: written(scaled(standardisedDifference(group, reference, family.alpha), part)),
    ...(strata.some(varies)
      ? { common: written(scaled(mantelHaenszelRiskDifference(strata, family.alpha), part)) }
      : { common: null, commonReason: 'no-variation' as const }),
    sameInAllStrata: isIndependent ? sameInAllStrata(strata, drawing) : { p: null, reason: 'repeated-subjects' },
  }
}

/** Against everyone a difference is that from the rest, less the group's own part of everyone, as in the plain difference. */
function partOfDifference(strata: readonly Stratum[], { reference, groupBy }: OutcomeTask['family']): number {
  if (reference.kind !== 'overall' || groupBy.length === 0) return 1
  const ofGroup = strata.reduce((sum, { group }) => sum + group.total, 0)
  return 1 - ofGroup / images(strata)
}

function scaled({ value, interval }: EstimateWithInterval, part: number): EstimateWithInterval {
  return { value: part * value, interval: { low: part * interval.low, high: part * interval.high } }
}

/** Some but not all images of a side are counted. */
function varies({ group, reference }: Stratum): boolean {
  return [group, reference].some(({ count, total }) => count > 0 && count < total)
}

/** By the chi-squared curve where fitted cells are large enough, else by simulation from the common odds ratio. */
function sameInAllStrata(strata: readonly Stratum[], drawing: Drawing): StandardisedEstimate['sameInAllStrata'] {
  if (!hasCommonOddsRatio(strata)) return { p: null, reason: 'no-variation' }
  const { taroneP, smallestExpected } = breslowDay(strata)
  return { p: smallestExpected < FEWEST_EXPECTED ? breslowDayPermutation(strata, drawing).p : taroneP }
}

/** At least two strata with counted and other images, and an odds ratio common to them that is neither 0 nor infinite. */
function hasCommonOddsRatio(strata: readonly Stratum[]): boolean {
  const informative = strata.filter(({ group, reference }) => {
    const counted = group.count + reference.count
    return counted > 0 && counted < group.total + reference.total
  })
  const along = informative.some(({ group, reference }) => group.count > 0 && reference.count < reference.total)
  const across = informative.some(({ group, reference }) => group.count < group.total && reference.count > 0)
  return informative.length > 1 && along && across
}
