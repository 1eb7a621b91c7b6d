import { benjaminiHochberg } from '../statistics/benjamini-hochberg.js'
import type { Interval } from '../statistics/proportion.js'
import type { ChangeVerdict } from '../types/change.js'
import type { Facts } from '../types/facts.js'
import type { ChangeBounds, ChangeDifference, ChangeRecord } from '../types/paired.js'
import { changeTasks, type ChangeTask } from './change-tasks.js'
import type { ChangeRule } from './decide-change.js'
import { judgeChange, type ChangeEstimate, type JudgedChange } from './judge-change.js'
import { pairedRates } from './paired-rates.js'
import { oneWayOf } from './one-way.js'

type Unwritten = Omit<ChangeRecord, 'id' | 'q'>

/** How every outcome rate changed in every comparable group between two runs, judged by measures.md A8b. */
export function changeRecords(facts: Facts): ChangeRecord[] {
  const families = new Map<string, Unwritten[]>()
  for (const task of changeTasks(facts, 'change')) {
    const known = families.get(task.family.id) ?? []
    families.set(task.family.id, [...known, ...recordsOf(task, facts)])
  }
  return [...families.values()]
    .flatMap((family) => {
      const q = benjaminiHochberg(family.map(({ p }) => p))
      return family.map((record, index) => ({ ...record, q: q[index] }))
    })
    .map((record, index) => ({ id: `d${index + 1}`, ...record }))
}

/** The rule of a family of changes. */
export function changeRule({ family }: Pick<ChangeTask, 'family'>): ChangeRule {
  const { alpha, m, minimum, margin } = family
  return { alpha, m, minimum, margin }
}

/** A judged change as it is written, whatever kind it is of. Several images of one person are not independent, and no rule accounts for
 *  that on paired images yet: then there is no verdict. */
export function writtenChange(
  { verdict, asDecided, change, level, p, pReason }: JudgedChange,
  method: ChangeDifference['method'],
  hasRepeatedSubjects: boolean,
): Pick<ChangeRecord, 'difference' | 'level' | 'p' | 'pReason' | 'verdict' | 'asDecided'> {
  const stated = (one: ChangeVerdict): ChangeVerdict =>
    hasRepeatedSubjects && one.kind !== 'insufficient' ? { kind: 'inconclusive', reason: 'repeated-subjects' } : one
  const reading = hasRepeatedSubjects ? ({ p: null, pReason: 'repeated-subjects' } as const) : { p, pReason }
  return {
    difference: differenceOf(change, method),
    level,
    p: reading.p,
    ...(reading.pReason === undefined ? {} : { pReason: reading.pReason }),
    verdict: stated(verdict),
    asDecided: stated(asDecided),
  }
}

function recordsOf(task: ChangeTask, facts: Facts): Unwritten[] {
  const { pair, family, outcome, grouped, counts } = task
  const oneWay = oneWayOf(facts, pair, outcome.categories)
  return counts.flatMap(({ counts: paired, nearTies, unpaired }, group) => {
    if (!grouped.comparable[group]) return []
    const judged = judgeChange({ counts: paired, nearTies, rule: changeRule(task), oneWay: oneWay !== null })
    const flagged = paired.both + paired.onlyFirst
    return [
      {
        kind: pair.kind,
        pair: pair.id,
        family: family.id,
        probe: family.probe,
        outcome: outcome.id,
        groupBy: family.groupBy,
        group: grouped.groups[group],
        paired,
        rates: pairedRates(paired, family.alpha),
        unpaired,
        oneWay,
        ...writtenChange(judged, 'tango', facts.subjectCounts.length > 0),
        leftShare: flagged === 0 ? null : paired.onlyFirst / flagged,
      },
    ]
  })
}

function differenceOf(
  { value, reason, interval, adjusted }: ChangeEstimate,
  method: ChangeDifference['method'],
): ChangeDifference {
  return {
    value,
    ...(reason === undefined ? {} : { reason }),
    interval: interval && bounds(interval),
    adjusted: adjusted && bounds(adjusted),
    method,
  }
}

function bounds({ low, high }: Interval): ChangeBounds {
  return [low, high]
}
