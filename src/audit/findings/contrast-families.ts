import { countFailures } from '../measures/failure-to-process.js'
import type { GroupedCells } from '../measures/group-cells.js'
import { addCounts, countOutcome, type OutcomeCount } from '../measures/outcome-rate.js'
import { wilsonInterval } from '../statistics/wilson-interval.js'
import type { Contrast, RateRecord } from '../types/derived.js'
import type { Facts, Family, Tally } from '../types/facts.js'
import { sidesToCompare, type Sides } from './comparisons.js'
import { describeContrast } from './describe-contrast.js'
import { judgeContrast, type JudgedContrast, type NearTies } from './judge-contrast.js'
import { groupFacts } from './plan-probe.js'

/** A contrast as written to the audit, with what was judged of it. */
export type ContrastEntry = { readonly contrast: Contrast; readonly judged: JudgedContrast; readonly nearTies: number }
export type RatesAndContrasts = { readonly rates: readonly RateRecord[]; readonly contrasts: readonly ContrastEntry[] }

/** The probe id under which failure-to-process is reported. */
export const FAILURE_PROBE = 'failure-to-process'

/** Tallies to rates to contrasts, family by family, probes first and failure-to-process last. */
export function contrastFamilies(facts: Facts): RatesAndContrasts {
  const rates: RateRecord[] = []
  const contrasts: ContrastEntry[] = []
  for (const task of tasksOf(facts)) contrastOutcome(task, rates, contrasts)
  return { rates, contrasts }
}

/** One outcome of one family, with its counts in every group. */
type Task = {
  readonly probe: string
  readonly family: Family
  readonly outcome: string
  readonly grouped: GroupedCells
  readonly counts: readonly OutcomeCount[]
  readonly nearTiesKnown: boolean
}

function tasksOf(facts: Facts): Task[] {
  const ofProbes = facts.probes.flatMap((probe) =>
    probe.families.flatMap((family) => {
      const labelSet = facts.labelSets.find(({ id }) => id === family.labelSet)
      if (labelSet === undefined) throw new RangeError(`family ${family.id} names no label set of this audit`)
      const tallies = talliesOf(facts, family)
      const grouped = groupFacts(facts.dataset, family.groupBy, probe.derive)
      const nearTiesKnown = tallies.every(({ nearTies }) => nearTies !== null)
      return probe.measure.outcomes
        .filter(({ id }) => family.outcomes.includes(id))
        .map((outcome) => {
          const inCells = countOutcome(tallies, labelSet, outcome)
          const counts = grouped.cells.map((cells) => addCounts(inCells, cells))
          return { probe: probe.id, family, outcome: outcome.id, grouped, counts, nearTiesKnown }
        })
    }),
  )
  const failures = countFailures(facts.dataset.cells)
  const ofFailures = facts.failureFamilies.map((family) => {
    const grouped = groupFacts(facts.dataset, family.groupBy, [])
    const counts = grouped.cells.map((cells) => addCounts(failures, cells))
    return { probe: FAILURE_PROBE, family, outcome: 'failed', grouped, counts, nearTiesKnown: false }
  })
  return [...ofProbes, ...ofFailures]
}

/** Tallies stand in the order of the cells; `verify` checks it. */
function talliesOf(facts: Facts, family: Family): Tally[] {
  return facts.tallies.filter(({ evidence, labelSet }) => evidence === family.evidence && labelSet === family.labelSet)
}

function contrastOutcome(task: Task, rates: RateRecord[], contrasts: ContrastEntry[]): void {
  const { family, grouped, counts } = task
  const rateIds = grouped.groups.map((group, index) => addRate(task, { group }, counts[index], rates))
  for (const sides of sidesToCompare(grouped, counts, family.reference, family.minimum)) {
    const group = counts[sides.group]
    const judged = judgeContrast({
      group,
      reference: sides.reference,
      referenceKind: sides.referenceGroup === null ? family.reference.kind : 'named',
      alpha: family.alpha,
      m: family.m,
      minimum: family.minimum,
      margin: family.margin,
      nearTies: task.nearTiesKnown ? nearTiesOf(group, sides.reference) : null,
    })
    const referenceRate = rateOfReference(task, sides, rateIds, rates)
    const contrast = describeContrast(
      {
        id: `c${contrasts.length + 1}`,
        kind: 'groups',
        probe: task.probe,
        family: family.id,
        evidence: family.evidence,
        labelSet: family.labelSet,
        outcome: task.outcome,
        groupBy: family.groupBy,
        sides: [
          { group: grouped.groups[sides.group], rate: rateIds[sides.group] },
          {
            reference: family.reference,
            group: sides.referenceGroup === null ? null : grouped.groups[sides.referenceGroup],
            rate: referenceRate,
          },
        ],
      },
      judged,
      { group, reference: sides.reference },
    )
    contrasts.push({
      contrast,
      judged,
      nearTies: group.nearUp + group.nearDown + sides.reference.nearUp + sides.reference.nearDown,
    })
  }
}

function nearTiesOf(group: OutcomeCount, reference: OutcomeCount): NearTies {
  return {
    groupUp: group.nearUp,
    groupDown: group.nearDown,
    referenceUp: reference.nearUp,
    referenceDown: reference.nearDown,
  }
}

function rateOfReference(task: Task, sides: Sides, rateIds: readonly string[], rates: RateRecord[]): string {
  if (sides.referenceGroup !== null) return rateIds[sides.referenceGroup]
  if (task.family.reference.kind !== 'overall') {
    return addRate(task, { group: null, restOf: rateIds[sides.group] }, sides.reference, rates)
  }
  const group = task.counts[sides.group]
  const everyone = { ...group, count: group.count + sides.reference.count, total: group.total + sides.reference.total }
  return addRate(task, { group: null }, everyone, rates)
}

function addRate(
  task: Task,
  of: Pick<RateRecord, 'group' | 'restOf'>,
  { count, total }: OutcomeCount,
  rates: RateRecord[],
): string {
  const id = `r${rates.length + 1}`
  const interval = total === 0 ? null : wilsonInterval({ count, total }, task.family.alpha)
  rates.push({
    id,
    probe: task.probe,
    evidence: task.family.evidence,
    labelSet: task.family.labelSet,
    outcome: task.outcome,
    groupBy: task.family.groupBy,
    ...of,
    count,
    total,
    value: total === 0 ? null : count / total,
    interval: interval === null ? null : [interval.low, interval.high],
    ...(total === 0 ? { reason: 'no-images' as const } : {}),
    method: 'wilson',
  })
  return id
}
