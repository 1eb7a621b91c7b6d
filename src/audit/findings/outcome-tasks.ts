import { countMeasured, insideOf } from '../measures/counted-outcomes.js'
import { countFailures } from '../measures/failure-to-process.js'
import type { GroupedCells } from '../measures/group-cells.js'
import { addCounts, countOutcome, type OutcomeCount } from '../measures/outcome-rate.js'
import type { DerivedAttribute } from '../types/definitions.js'
import { FAILURE_PROBE } from '../types/failure-probe.js'
import { categoryOutcomes } from '../types/measures.js'
import type { EstimateOf } from '../types/estimates.js'
import type { SubjectCounts, Facts, Family, LabelSetFacts, Tally } from '../types/facts.js'
import { groupFacts } from '../measures/group-facts.js'

/** One outcome of one family, with its counts in every group. */
export type OutcomeTask = {
  readonly probe: string
  readonly family: Family
  readonly outcome: string
  readonly derive: readonly DerivedAttribute[]
  readonly grouped: GroupedCells
  /** One per cell of the dataset. */
  readonly inCells: readonly OutcomeCount[]
  /** One per group. */
  readonly counts: readonly OutcomeCount[]
  /** null where images are taken as independent. */
  readonly subjectCounts: SubjectCounts | null
  readonly nearTiesKnown: boolean
}

/** Every outcome of every family with its counts, probes first and failure-to-process last. */
export function outcomeTasks(facts: Facts): OutcomeTask[] {
  return [...facts.probes.flatMap((probe) => tasksOfProbe(facts, probe)), ...tasksOfFailures(facts)]
}

/** What an estimate of this task is about. */
export function namesOf({ probe, family, outcome }: OutcomeTask): EstimateOf {
  const { id, evidence, labelSet, groupBy } = family
  return { family: id, probe, evidence, labelSet, outcome, groupBy }
}

/** Name of the stream of random numbers for one purpose of one task: whatever else an audit holds, its numbers stay. */
export function streamOf(purpose: string, { probe, family, outcome }: OutcomeTask): string {
  // as JSON, so that no name, whatever it holds, can share a stream with another
  return `${purpose}/${JSON.stringify([probe, family.evidence, family.labelSet, family.groupBy, outcome])}`
}

function tasksOfProbe(
  facts: Facts,
  { id, derive, measure, counted, families }: Facts['probes'][number],
): OutcomeTask[] {
  // families differ in one thing at a time: the groups of a groupBy and the counts of an outcome are found once
  const groupings = remembering<GroupedCells>()
  const countings = remembering<OutcomeCount[]>()
  return families.flatMap((family) => {
    const { evidence, groupBy } = family
    const labelSet = labelSetOf(facts, family)
    const tallies = talliesOf(facts, family)
    const grouped = groupings(groupBy, () => groupFacts(facts.dataset, groupBy, derive))
    const scored = tallies.every(({ nearTies }) => nearTies !== null)
    const named = { probe: id, family, derive, grouped }
    const remembered = (outcome: string, count: () => OutcomeCount[]): OutcomeCount[] =>
      countings([evidence, labelSet.id, outcome], count)
    const ofCategories = categoryOutcomes(measure)
      .filter((outcome) => family.outcomes.includes(outcome.id))
      .map((outcome) => {
        const inCells = remembered(outcome.id, () => countOutcome(tallies, labelSet, outcome))
        return taskOf(facts, { ...named, outcome: outcome.id, inCells, nearTiesKnown: scored })
      })
    const ofMeasure = counted
      .filter((outcome) => family.outcomes.includes(outcome.id))
      .map(({ id: outcome }) => {
        const isInside = insideOf(measure, outcome, { labelSet, dataset: facts.dataset })
        const inCells = remembered(outcome, () => countMeasured(tallies, isInside))
        return taskOf(facts, { ...named, outcome, inCells, nearTiesKnown: false })
      })
    return [...ofCategories, ...ofMeasure]
  })
}

/** Makes a value the first time that its names are asked for, and then remembers it. */
function remembering<T>(): (names: readonly (string | null)[], make: () => T) => T {
  const made = new Map<string, T>()
  return (names, make) => {
    const key = JSON.stringify(names) // no name can forge another's key
    const value = made.get(key) ?? make()
    made.set(key, value)
    return value
  }
}

function tasksOfFailures(facts: Facts): OutcomeTask[] {
  const inCells = countFailures(facts.dataset.cells)
  return facts.failureFamilies.map((family) => {
    const grouped = groupFacts(facts.dataset, family.groupBy, [])
    const named = { probe: FAILURE_PROBE, family, outcome: 'failed', derive: [], nearTiesKnown: false }
    return taskOf(facts, { ...named, grouped, inCells })
  })
}

function taskOf(facts: Facts, task: Omit<OutcomeTask, 'counts' | 'subjectCounts'>): OutcomeTask {
  const { family, outcome, grouped, inCells } = task
  return {
    ...task,
    counts: grouped.cells.map((cells) => addCounts(inCells, cells)),
    subjectCounts: facts.subjectCounts.find((one) => one.family === family.id && one.outcome === outcome) ?? null,
  }
}

function labelSetOf(facts: Facts, family: Family): LabelSetFacts {
  const labelSet = facts.labelSets.find(({ id }) => id === family.labelSet)
  if (labelSet === undefined) throw new RangeError(`family ${family.id} names no label set of this audit`)
  return labelSet
}

/** Tallies stand in the order of the cells; `verify` checks it. */
function talliesOf(facts: Facts, family: Family): Tally[] {
  return facts.tallies.filter(({ evidence, labelSet }) => evidence === family.evidence && labelSet === family.labelSet)
}
