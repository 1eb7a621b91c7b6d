import type { DerivedAttribute } from '../types/definitions.js'
import type { DatasetFacts } from '../types/facts.js'
import { groupCells, type GroupedCells } from './group-cells.js'

/** Groups the cells of an audit by some attributes, derived ones included. */
export function groupFacts(
  dataset: DatasetFacts,
  groupBy: readonly string[],
  derive: readonly DerivedAttribute[],
): GroupedCells {
  const values = new Map(dataset.attributes.map((attribute) => [attribute.name, attribute.values] as const))
  return groupCells(
    dataset.cells.map(({ group }) => group),
    groupBy,
    values,
    derive,
  )
}
