import type { DatasetPlan } from '../types/definitions.js'
import { boxNumbers, boxOf, paddingOf, type WrittenBox } from './boxes.js'
import { withComputed } from './computed-columns.js'
import type { ComputedColumn, RowRule } from './computed-columns.js'
import { ID, SUBJECT, imageCellOf, mappedColumn } from './layout.js'
import { missingColumn } from './label-table.js'
import type { LabelTable } from './label-table.js'
import { refuse } from './refusals.js'

const NO_ID = { code: 'row.no-id', reason: 'the row has no id' }
const NOTHING_COMPUTED: readonly ComputedColumn[] = []

/** The rows of a table of the user's own, each with the part of its picture that the plan's box columns write, and with the id that the plan's id
 *  column gives it. Throws DatasetError for a column that the table lacks. */
export function placedRows(table: LabelTable, plan: DatasetPlan): LabelTable {
  const box = plan.reading?.box
  const id = mappedColumn(plan, ID)
  if (box === undefined && id === null) return table
  const image = imageCellOf(plan, table.header)
  const subject = box === undefined ? null : mappedColumn(plan, SUBJECT)
  const columns = [image, ...(id === null ? [] : [id]), ...(box?.columns ?? []), ...(subject === null ? [] : [subject])]
  refuseMissing(plan, table, [...(id === null ? [] : [['id', id] as const]), ...(box?.columns ?? []).map((one) => ['box', one] as const)]) // prettier-ignore
  return withComputed(table, NOTHING_COMPUTED, { from: columns, of: ruleOf(plan, id !== null) })
}

function ruleOf(plan: DatasetPlan, hasId: boolean): RowRule['of'] {
  const box = plan.reading?.box
  const padding = paddingOf(plan)
  const number = boxNumbers()
  return ([image, ...rest]) => {
    if (hasId && rest[0] === '') return { quarantined: NO_ID }
    const id = hasId ? { id: rest[0] } : {}
    if (box === undefined) return id
    const written = rest.slice(hasId ? 1 : 0, hasId ? 5 : 4) as unknown as WrittenBox // four columns are asked for
    const part = hasId ? id : { part: number(image, written, rest.slice(4)) } // two subjects are two people, whatever their boxes
    return { ...part, ...boxOf(written, box.unit, padding) }
  }
}

function refuseMissing(
  plan: DatasetPlan,
  { header, headerIsComplete }: LabelTable,
  columns: readonly (readonly [name: string, column: string])[],
): void {
  if (!headerIsComplete) return
  const missing = columns.filter(([, column]) => !header.includes(column))
  refuse('dataset.map', missing.map(([name, column]) => missingColumn(plan.labels, `map "${name}"`, column, header))) // prettier-ignore
}
