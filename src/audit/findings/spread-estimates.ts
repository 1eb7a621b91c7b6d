import { homogeneityTest } from '../statistics/homogeneity-test.js'
import { parityNull, type ParityNull, type ParityOfMeasure } from '../statistics/parity-null.js'
import type { Proportion } from '../statistics/proportion.js'
import { createRandom } from '../statistics/random.js'
import { rateGap } from '../statistics/rate-gap.js'
import type { SpreadEstimate, SpreadMeasure } from '../types/estimates.js'
import type { Facts } from '../types/facts.js'
import type { ReasonCode } from '../types/verdict.js'
import { namesOf, streamOf, type OutcomeTask } from './outcome-tasks.js'
import { independentUnits } from './side.js'
import { sideOf } from './task-sides.js'
import { FAILURE_PROBE } from '../types/failure-probe.js'

type WrittenMeasure = SpreadEstimate['measures'][number]

/** How far the rates of the groups of every family lie apart, each figure beside what chance alone gives at equal rates. Random
 *  numbers come from the seed and a name of their own for every outcome, so that no other comparison moves them. */
export function spreadEstimates(facts: Facts, tasks: readonly OutcomeTask[]): SpreadEstimate[] {
  return tasks.filter(({ probe }) => probe !== FAILURE_PROBE).map((task) => spreadOf(facts, task))
}

function spreadOf(facts: Facts, task: OutcomeTask): SpreadEstimate {
  const { grouped, counts } = task
  const places = counts.flatMap((_, place) => (isLargeEnough(task, place) ? [place] : []))
  const groups = places.map((place) => ({ count: counts[place].count, total: counts[place].total }))
  const named = { kind: 'spread', ...namesOf(task), groups: groups.length, draws: facts.policy.permutations } as const
  if (groups.length < 2) return { ...named, ...nothing('single-group') }
  const { highest, lowest } = rateGap(groups)
  const random = createRandom(facts.seed, streamOf('parity', task))
  const draws = task.subjectCounts === null ? facts.policy.permutations : 1 // thrown away below
  const parity = parityNull({ groups, draws, random })
  // redistributing images one by one would break subjects apart and find too little spread by chance
  const noNull = task.subjectCounts === null ? null : ('repeated-subjects' as const)
  return {
    ...named,
    highest: grouped.groups[places[highest]],
    lowest: grouped.groups[places[lowest]],
    measures: measuresOf(parity, groups, noNull),
    equalRates: equalRates(parity, groups, noNull),
  }
}

/** As for a verdict; and two images, since one says nothing about its own noise. */
function isLargeEnough({ grouped, counts, subjectCounts, family }: OutcomeTask, place: number): boolean {
  const side = sideOf(counts[place], subjectCounts?.groups[place])
  return grouped.comparable[place] && side.total >= 2 && independentUnits(side) >= family.minimum
}

function nothing(
  reason: ReasonCode,
): Pick<SpreadEstimate, 'highest' | 'lowest' | 'reason' | 'measures' | 'equalRates'> {
  const equal = { statistic: null, degreesOfFreedom: null, p: null, method: 'chi-squared', reason } as const
  return { highest: null, lowest: null, reason, measures: [], equalRates: equal }
}

function measuresOf(parity: ParityNull, groups: readonly Proportion[], noNull: ReasonCode | null): WrittenMeasure[] {
  const noRates = groups.every(({ count }) => count === 0)
  const smoothed = groups.some(({ count }) => count === 0)
  const ratioReason = noRates ? ('both-rates-zero' as const) : ('zero-reference-rate' as const)
  const written = (
    measure: SpreadMeasure,
    of: ParityOfMeasure,
    how: { readonly centre?: 'median'; readonly reason?: ReasonCode; readonly root?: true } = {},
  ): WrittenMeasure => {
    const shown = (value: number): number => (how.root === true ? Math.sqrt(Math.max(0, value)) : value)
    const value = of.observed === null ? null : shown(of.observed)
    return {
      measure,
      value,
      ...(value === null ? { reason: how.reason ?? 'no-variation' } : {}),
      ...nullOf(of, how.centre ?? 'mean', shown, noNull ?? (parity.noVariation ? 'no-variation' : null)),
    }
  }
  const geometric = written('max-geometric-mean', parity.highestToGeometricMean)
  return [
    written('gap', parity.gap),
    written('max-min-ratio', parity.highestToLowestRatio, { centre: 'median', reason: ratioReason }),
    smoothed ? { ...geometric, smoothed: true } : geometric,
    written('gini', parity.gini),
    // a root keeps the order, so the median and the percentile of the root are the roots of theirs
    written('between-group-sd', parity.doubleCorrectedVariance, { centre: 'median', root: true }),
  ]
}

function nullOf(
  { mean, median, percentile95, p }: ParityOfMeasure,
  centre: 'mean' | 'median',
  shown: (value: number) => number,
  reason: ReasonCode | null,
): Pick<WrittenMeasure, 'parity' | 'parityReason'> {
  const middle = centre === 'mean' ? mean : median
  if (reason !== null || middle === null || percentile95 === null) {
    return { parity: null, parityReason: reason ?? 'no-variation' }
  }
  const isUnbounded = middle === Infinity || percentile95 === Infinity
  return {
    parity: {
      centre: finite(shown(middle)),
      percentile95: finite(shown(percentile95)),
      ...(isUnbounded ? { unbounded: true as const } : {}),
      p,
    },
  }
}

function finite(value: number): number | null {
  return value === Infinity ? null : value
}

/** By the chi-squared curve where expected counts allow it, else by the same redistributions as the other measures. */
function equalRates(
  parity: ParityNull,
  groups: readonly Proportion[],
  noNull: ReasonCode | null,
): SpreadEstimate['equalRates'] {
  if (parity.noVariation) {
    const degreesOfFreedom = groups.length - 1
    return { statistic: null, degreesOfFreedom, p: null, method: 'chi-squared', reason: 'no-variation' }
  }
  const table = groups.map(({ count, total }) => [count, total - count])
  const { pearson, degreesOfFreedom, expectedTooSmall } = homogeneityTest(table)
  const method = expectedTooSmall ? 'permutation' : 'chi-squared'
  const described = { statistic: pearson.statistic, degreesOfFreedom, method } as const
  if (noNull !== null) return { ...described, p: null, reason: noNull }
  return { ...described, p: expectedTooSmall ? parity.chiSquared.p : pearson.p }
}
