import { benjaminiHochberg } from '../statistics/benjamini-hochberg.js'
import type { Facts } from '../types/facts.js'
import type { ChangeRecord } from '../types/paired.js'
import { changeTasks, type ChangeTask } from './change-tasks.js'
import { judgeChange } from './judge-change.js'
import { oneWayOf } from './one-way.js'
import { namedChange, writtenChange } from './written-change.js'

type Unwritten = Omit<ChangeRecord, 'id' | 'q'>

/** How every outcome rate changed in every comparable group between two runs, judged by measures.md A8b. */
export function changeRecords(facts: Facts): ChangeRecord[] {
  const families = new Map<string, Unwritten[]>()
  for (const task of changeTasks(facts, 'change')) {
    const known = families.get(task.family.id)
    if (known === undefined) families.set(task.family.id, recordsOf(task, facts))
    else known.push(...recordsOf(task, facts))
  }
  return [...families.values()]
    .flatMap((family) => {
      const q = benjaminiHochberg(family.map(({ p }) => p))
      return family.map((record, index) => ({ ...record, q: q[index] }))
    })
    .map((record, index) => ({ id: `d${index + 1}`, ...record }))
}

function recordsOf(task: ChangeTask, facts: Facts): Unwritten[] {
  const { pair, family, outcome, grouped, counts } = task
  const oneWay = oneWayOf(facts, pair, outcome.categories)
  return counts.flatMap(({ counts: paired, nearTies, unpaired }, place) => {
    if (!grouped.comparable[place]) return []
    const judged = judgeChange({ counts: paired, nearTies, rule: family, oneWay: oneWay !== null })
    const flagged = paired.both + paired.onlyFirst
    return [
      {
        kind: pair.kind,
        ...namedChange(task, place),
        unpaired,
        oneWay,
        ...writtenChange(judged, 'tango', facts.subjectCounts.length > 0),
        leftShare: flagged === 0 ? null : paired.onlyFirst / flagged,
      },
    ]
  })
}
