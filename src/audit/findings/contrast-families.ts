import { wilsonInterval } from '../statistics/wilson-interval.js'
import type { OutcomeCount } from '../measures/outcome-rate.js'
import type { Contrast, RateRecord } from '../types/derived.js'
import type { Facts } from '../types/facts.js'
import { describeContrast } from './describe-contrast.js'
import { familyLevels } from './family-levels.js'
import { judgeContrast, type JudgedContrast, type NearTies } from './judge-contrast.js'
import { outcomeTasks, type OutcomeTask } from './outcome-tasks.js'
import { qValues } from './q-values.js'
import { effectiveCounts, type Side } from './side.js'
import { sideOf, taskSides, type TaskSides } from './task-sides.js'

/** A contrast as written to the audit, with what was judged of it. */
export type ContrastEntry = { readonly contrast: Contrast; readonly judged: JudgedContrast; readonly nearTies: number }
export type RatesAndContrasts = { readonly rates: readonly RateRecord[]; readonly contrasts: readonly ContrastEntry[] }

/** Tallies to rates to contrasts, family by family, probes first and failure-to-process last. `tasks` may be handed in if they
 *  are known already. */
export function contrastFamilies(facts: Facts, tasks = outcomeTasks(facts)): RatesAndContrasts {
  const written: Written = { rates: [], contrasts: [] }
  for (const family of byFamily(tasks)) contrastFamily(family, written)
  return written
}

type Written = { readonly rates: RateRecord[]; readonly contrasts: ContrastEntry[] }
type Judged = TaskSides & { readonly task: OutcomeTask; readonly judged: JudgedContrast }

function byFamily(tasks: readonly OutcomeTask[]): OutcomeTask[][] {
  const families = new Map<string, OutcomeTask[]>()
  for (const task of tasks) {
    const found = families.get(task.family.id)
    if (found === undefined) families.set(task.family.id, [task])
    else found.push(task)
  }
  return [...families.values()]
}

/** The outcomes of one family share its error level and its q-values, so they are judged together and then written one by one. */
function contrastFamily(tasks: readonly OutcomeTask[], written: Written): void {
  const pairs = tasks.flatMap((task) => taskSides(task).map((pair) => ({ task, ...pair })))
  const levels = familyLevels(
    pairs.map(({ sides }) => sides),
    tasks[0].family,
  )
  const judged = pairs.map((pair, index) => ({ ...pair, judged: judge(pair, levels[index]) }))
  const q = qValues(
    judged.map((one) => one.judged),
    tasks[0].family.m,
  )
  for (const task of tasks) {
    const rateIds = task.grouped.groups.map((group, index) =>
      addRate(task, { group }, sideOf(task.counts[index], task.subjectCounts?.groups[index]), written.rates),
    )
    judged.forEach((one, index) => {
      if (one.task === task) addContrast(one, q[index], rateIds, written)
    })
  }
}

function judge({ task, counted, sides }: Omit<Judged, 'judged'>, level: number): JudgedContrast {
  const { alpha, m, minimum, margin, reference } = task.family
  return judgeContrast({
    ...sides,
    referenceKind: counted.referenceGroup === null ? reference.kind : 'named',
    alpha,
    m,
    level,
    minimum,
    margin,
    nearTies: task.nearTiesKnown ? nearTiesOf(task.counts[counted.group], counted.reference) : null,
  })
}

function addContrast(one: Judged, q: number | null, rateIds: readonly string[], { rates, contrasts }: Written): void {
  const { task, counted, judged, sides } = one
  const { family, grouped } = task
  const named = {
    id: `c${contrasts.length + 1}`,
    kind: 'groups' as const,
    probe: task.probe,
    family: family.id,
    evidence: family.evidence,
    labelSet: family.labelSet,
    outcome: task.outcome,
    groupBy: family.groupBy,
    sides: [
      { group: grouped.groups[counted.group], rate: rateIds[counted.group] },
      {
        reference: family.reference,
        group: counted.referenceGroup === null ? null : grouped.groups[counted.referenceGroup],
        rate: rateOfReference(one, rateIds, rates),
      },
    ] as const,
  }
  contrasts.push({
    contrast: describeContrast(named, judged, { sides, q }),
    judged,
    nearTies: nearTiesIn(task.counts[counted.group]) + nearTiesIn(counted.reference),
  })
}

function nearTiesIn({ nearUp, nearDown }: OutcomeCount): number {
  return nearUp + nearDown
}

function nearTiesOf(group: OutcomeCount, reference: OutcomeCount): NearTies {
  return {
    groupUp: group.nearUp,
    groupDown: group.nearDown,
    referenceUp: reference.nearUp,
    referenceDown: reference.nearDown,
  }
}

function rateOfReference({ task, counted, sides }: Judged, rateIds: readonly string[], rates: RateRecord[]): string {
  if (counted.referenceGroup !== null) return rateIds[counted.referenceGroup]
  if (task.family.reference.kind !== 'overall') {
    return addRate(task, { group: null, restOf: rateIds[counted.group] }, sides.reference, rates)
  }
  const { group, reference } = sides
  const everyone = { count: group.count + reference.count, total: group.total + reference.total }
  return addRate(task, { group: null }, sideOf(everyone, task.subjectCounts?.everyone), rates)
}

function addRate(task: OutcomeTask, of: Pick<RateRecord, 'group' | 'restOf'>, side: Side, rates: RateRecord[]): string {
  const { count, total, subjects } = side
  const id = `r${rates.length + 1}`
  const interval = total === 0 ? null : wilsonInterval(effectiveCounts(side), task.family.alpha)
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
    ...(subjects === undefined
      ? { method: 'wilson' as const }
      : { method: 'wilson-effective' as const, subjects: subjects.count, designEffect: subjects.designEffect }),
  })
  return id
}
