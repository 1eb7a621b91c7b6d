import type { Calibration, CalibrationRow, CalibrationSection, CalibrationSectionId } from '../types/calibration.js'
import type { CalibrationDesign } from './design.js'
import { intervalTasks } from './interval-rows.js'
import { marginTasks } from './margin-rows.js'
import { pairedDifferenceTasks } from './paired-difference-rows.js'
import { pairedTasks } from './paired-rows.js'
import { parityTasks } from './parity-rows.js'
import { permutationTask } from './permutation-rows.js'
import { powerTasks } from './power-rows.js'
import { recoveryTasks } from './recovery-rows.js'
import type { SectionRows } from './section-rows.js'

/** A part of the calibration that needs no other part. */
export type CalibrationTask = () => readonly SectionRows[]

const IN_ORDER: readonly CalibrationSectionId[] = ['intervals', 'margin', 'parity', 'power', 'recovery', 'paired']

/** Everything that is measured, in parts that may run in any order and beside each other: each draws from random streams of its
 *  own, so the figures are the same however the parts are shared out. */
export function calibrationTasks(design: CalibrationDesign): CalibrationTask[] {
  const of = (section: CalibrationSectionId, tasks: readonly (() => CalibrationRow[])[]): CalibrationTask[] =>
    tasks.map((task) => () => [{ section, rows: task() }])
  return [
    // whole audits first: they take longest
    ...parityTasks(design),
    ...recoveryTasks(design),
    ...powerTasks(design),
    ...of('parity', [permutationTask(design)]),
    ...of('margin', marginTasks(design)),
    ...of('paired', [...pairedTasks(design), ...pairedDifferenceTasks(design)]),
    ...of('intervals', intervalTasks(design)),
  ]
}

/** The sections of a report from what the tasks gave, in the order of the tasks. */
export function gatherSections(
  results: readonly (readonly SectionRows[])[],
): Pick<Calibration, 'sections' | 'met' | 'withTarget'> {
  const sections = IN_ORDER.map((id): CalibrationSection => {
    const rows = results.flat().flatMap((some) => (some.section === id ? some.rows : []))
    return { id, rows, ...counted(rows) }
  })
  return { sections, ...counted(sections.flatMap(({ rows }) => rows)) }
}

function counted(rows: readonly CalibrationRow[]): { met: number; withTarget: number } {
  return {
    met: rows.filter(({ met }) => met === true).length,
    withTarget: rows.filter(({ met }) => met !== null).length,
  }
}
