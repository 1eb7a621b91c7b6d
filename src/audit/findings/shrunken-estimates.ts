import { betaBinomialShrinkage } from '../statistics/beta-binomial-shrinkage.js'
import type { RateRecord } from '../types/derived.js'
import type { ShrunkenEstimate } from '../types/estimates.js'
import type { ReasonCode } from '../types/verdict.js'
import { namesOf, type OutcomeTask } from './outcome-tasks.js'
import { FAILURE_PROBE } from '../types/failure-probe.js'

const FEWEST_GROUPS = 5 // below this the spread between groups cannot be told from two or three numbers

/** Steadier rates for the groups of every intersection of two or more attributes (measures.md A9). */
export function shrunkenEstimates(tasks: readonly OutcomeTask[], rates: readonly RateRecord[]): ShrunkenEstimate[] {
  return tasks
    .filter(({ probe, family }) => probe !== FAILURE_PROBE && family.groupBy.length > 1)
    .map((task) => estimateOf(task, rates))
}

function estimateOf(task: OutcomeTask, rates: readonly RateRecord[]): ShrunkenEstimate {
  const filled = ratesOf(task, rates).filter(({ total }, index) => total > 0 && task.grouped.comparable[index])
  const named = { kind: 'shrunken', ...namesOf(task) } as const
  const reason = whyNot(task, filled)
  if (reason !== null) return { ...named, mean: null, strength: null, complete: null, reason, rates: [] }
  const { mean, strength, complete, groups } = betaBinomialShrinkage(filled, task.family.alpha)
  return {
    ...named,
    mean,
    strength,
    complete,
    rates: groups.map(({ value, interval }, index) => ({
      rate: filled[index].id,
      value,
      interval: [interval.low, interval.high],
    })),
  }
}

/** The rates of a task's groups, in the order of the groups. */
function ratesOf({ probe, family, outcome }: OutcomeTask, rates: readonly RateRecord[]): RateRecord[] {
  return rates.filter(
    (rate) =>
      rate.group !== null &&
      rate.probe === probe &&
      rate.outcome === outcome &&
      rate.labelSet === family.labelSet &&
      rate.evidence === family.evidence &&
      JSON.stringify(rate.groupBy) === JSON.stringify(family.groupBy),
  )
}

function whyNot({ subjectCounts }: OutcomeTask, filled: readonly RateRecord[]): ReasonCode | null {
  if (subjectCounts !== null) return 'repeated-subjects'
  if (filled.length < FEWEST_GROUPS) return 'too-few-groups'
  const nobody = filled.every(({ count }) => count === 0)
  const everybody = filled.every(({ count, total }) => count === total)
  return nobody || everybody ? 'no-variation' : null
}
