import type { DerivedAttribute } from '../types/definitions.js'
import type { Group } from '../types/groups.js'
import { groupCells } from './group-cells.js'
import { groupingsThere } from './groupings-there.js'

/** One row of a table: everyone (an empty group), or one group of a `groupBy`. */
export type RowGroup = {
  /** `everyone`, or such as `race=White&gender=Male`; unique whatever the values are. */
  readonly key: string
  readonly group: Group
  /** Attributes that make the group; empty for everyone. */
  readonly groupBy: readonly string[]
  /** Cells that the row sums. */
  readonly cells: readonly number[]
  /** False for a group with an `unknown` value: shown, never compared. */
  readonly comparable: boolean
}

type Crossed = {
  readonly cells: readonly Group[]
  readonly attributes: readonly { readonly name: string; readonly values: readonly string[] }[]
}

/** Everyone together, and every group of each `groupBy` whose attributes are there, in order. */
export function rowGroups(
  { cells, attributes }: Crossed,
  groupBys: readonly (readonly string[])[],
  derive: readonly DerivedAttribute[],
): RowGroup[] {
  const everyone = { key: 'everyone', group: [], groupBy: [], cells: cells.map((_, cell) => cell), comparable: true }
  const values = new Map(attributes.map((attribute) => [attribute.name, attribute.values] as const))
  return [
    everyone,
    ...groupingsThere(attributes, { groupBy: groupBys, derive }).flatMap((groupBy) => {
      const grouped = groupCells(cells, groupBy, values, derive)
      return grouped.groups.map((group, index) => ({
        key: keyOf(group),
        group,
        groupBy,
        cells: grouped.cells[index],
        comparable: grouped.comparable[index],
      }))
    }),
  ]
}

/** The key of a group's row, or column: `race=White&gender=Male`. */
export function keyOf(group: Group): string {
  return group.map((pair) => pair.map(escaped).join('=')).join('&')
}

/** A value that holds one of the marks could otherwise pass for another group. */
function escaped(text: string): string {
  return text.replace(/[%=&/]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`)
}
