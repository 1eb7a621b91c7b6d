import type { OutcomeTask } from '../findings/outcome-tasks.js'
import { independentUnits } from '../findings/side.js'
import { sideOf } from '../findings/task-sides.js'
import type { Facts } from '../types/facts.js'
import type { LimitCase } from '../types/gate.js'
import { bounded } from './bounded.js'
import { comparableGroups, dataPlaceOf } from './subject.js'

/** How many images each group has (subjects, where the dataset names them). A group that nobody is in has 0. */
export function sampleCases(tasks: readonly OutcomeTask[], images: number): LimitCase[] {
  return onePerGrouping(tasks).flatMap((task) =>
    comparableGroups(task).map((index) => {
      const units = independentUnits(sideOf(task.counts[index], task.subjectCounts?.groups[index]))
      return {
        ...dataPlaceOf(task),
        group: task.grouped.groups[index],
        count: units,
        total: task.counts[index].total,
        ...bounded(units, 'counted'),
        standing: units >= images ? 'within' : 'exceeded',
      }
    }),
  )
}

/** Images with a decision, of those that should have one: processed and quarantined rows. Overall, and in every group. */
export function coverageCases(tasks: readonly OutcomeTask[], atLeast: number, { dataset }: Facts): LimitCase[] {
  const attempts = dataset.cells.map((cell) => cell.in - cell.excluded.reduce((sum, [, images]) => sum + images, 0))
  const all = [...attempts.keys()]
  const overall = onePer(tasks, ({ family }) => [family.evidence, family.labelSet]).map((task) => {
    return coverageCase({ ...dataPlaceOf(task), groupBy: [] }, task, { cells: all, attempts, atLeast })
  })
  const byGroup = onePerGrouping(tasks).flatMap((task) =>
    comparableGroups(task).flatMap((index) => {
      const group = task.grouped.groups[index]
      const one = coverageCase({ ...dataPlaceOf(task), group }, task, {
        cells: task.grouped.cells[index],
        attempts,
        atLeast,
      })
      return one.total === 0 ? [] : [one] // nobody to be decided
    }),
  )
  return [...overall, ...byGroup]
}

function coverageCase(
  place: Pick<LimitCase, 'evidence' | 'labelSet' | 'groupBy' | 'group'>,
  { inCells }: OutcomeTask,
  of: { readonly cells: readonly number[]; readonly attempts: readonly number[]; readonly atLeast: number },
): LimitCase {
  const { cells, attempts, atLeast } = of
  const count = cells.reduce((sum, cell) => sum + inCells[cell].total, 0)
  const total = cells.reduce((sum, cell) => sum + attempts[cell], 0)
  return {
    ...place,
    count,
    total,
    ...bounded(total === 0 ? 'no-images' : count / total, total === 0 ? 'no-images' : 'counted'),
    ...(total === 0
      ? { standing: 'insufficient' as const, reason: 'no-images' as const }
      : { standing: count >= atLeast * total ? ('within' as const) : ('exceeded' as const) }),
  }
}

/** Outcomes share their images: one task for each evidence, label set and grouping. */
function onePerGrouping(tasks: readonly OutcomeTask[]): OutcomeTask[] {
  return onePer(tasks, ({ family }) => [family.evidence, family.labelSet, family.groupBy])
}

function onePer(tasks: readonly OutcomeTask[], keyOf: (task: OutcomeTask) => unknown): OutcomeTask[] {
  return [
    ...new Map([...tasks].reverse().map((task) => [JSON.stringify(keyOf(task)), task] as const)).values(),
  ].reverse()
}
