import type { OutcomeTask } from '../findings/outcome-tasks.js'
import { effectiveCounts, independentUnits, withMoved, type Side } from '../findings/side.js'
import { sideOf } from '../findings/task-sides.js'
import { clopperPearsonInterval } from '../statistics/clopper-pearson-interval.js'
import type { Interval } from '../statistics/proportion.js'
import type { LimitCase } from '../types/gate.js'
import { bounded } from './bounded.js'
import { unlessNearTiesDecide, type Standing } from './standing.js'
import { comparableGroups, placeOf, type GateSubject } from './subject.js'

/** A rate that no group may lie above, at an error level. */
export type Ceiling = { readonly atMost: number; readonly level: number }

/** Groups of one outcome with enough images: what a ceiling judges. Only totals enter. */
export function groupsUnderCeiling(task: OutcomeTask): number {
  return comparableGroups(task).filter((index) => task.counts[index].total >= Math.max(1, task.family.minimum)).length
}

/** Decides on the guaranteed interval (Clopper-Pearson) of every group's own rate, whatever the others have: parity by harming everyone
 *  does not pass (measures.md A8). Counts divided by a design effect are rounded outward, away from a decision. */
export function ceilingCases(task: OutcomeTask, ceiling: Ceiling, subject: GateSubject): LimitCase[] {
  const finding = new Map(
    subject
      .contrastsOf(task)
      .map((contrast) => [JSON.stringify(contrast.sides[0].group), subject.findingOf(contrast.id)]),
  )
  return comparableGroups(task).map((index) => {
    const group = task.grouped.groups[index]
    const side = sideOf(task.counts[index], task.subjectCounts?.groups[index])
    const own = finding.get(JSON.stringify(group))
    return {
      ...placeOf(task),
      group,
      count: side.count,
      total: side.total,
      ...bounded(
        side.total === 0 ? 'no-images' : side.count / side.total,
        side.total === 0 ? 'no-images' : guaranteed(side, ceiling.level),
      ),
      ...(own === undefined ? {} : { finding: own.id }),
      ...standingWithNearTies(task, { index, side }, ceiling),
    }
  })
}

function standingWithNearTies(
  { counts, family, nearTiesKnown }: OutcomeTask,
  { index, side }: { readonly index: number; readonly side: Side },
  ceiling: Ceiling,
): Standing {
  const asDecided = standingOf(side, family.minimum, ceiling)
  if (!nearTiesKnown) return asDecided
  const { nearUp, nearDown } = counts[index]
  const moves = [nearUp, -nearDown].map((moved) => () => standingOf(withMoved(side, moved), family.minimum, ceiling))
  return unlessNearTiesDecide(asDecided, moves)
}

function standingOf(side: Side, minimum: number, { atMost, level }: Ceiling): Standing {
  if (independentUnits(side) < Math.max(1, minimum)) return { standing: 'insufficient', reason: 'group-too-small' }
  const { low, high } = guaranteed(side, level)
  if (low > atMost) return { standing: 'exceeded' }
  return high <= atMost ? { standing: 'within' } : { standing: 'unsettled', reason: 'interval-too-wide' }
}

/** Whole counts are needed: the low end from fewer of more, the high end from more of fewer. */
function guaranteed(side: Side, level: number): Interval {
  const { count, total } = effectiveCounts(side)
  const most = Math.max(1, Math.floor(total))
  const low = clopperPearsonInterval({ count: Math.floor(count), total: Math.ceil(total) }, level).low
  const high = clopperPearsonInterval({ count: Math.min(most, Math.ceil(count)), total: most }, level).high
  return { low, high }
}
