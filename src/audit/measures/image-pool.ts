import type { Group } from '../types/groups.js'
import type { People } from './measure-kind.js'
import { rowGroups } from './row-groups.js'
import type { DerivedAttribute } from '../types/definitions.js'

/** The images of known group that queries rank, for one grouping. */
export type ImagePool = {
  readonly groupBy: readonly string[]
  readonly groups: readonly Group[]
  /** Group of each row of the dataset; -1 where it is unknown or the row was not processed. */
  readonly codeOfRow: Int32Array
}

/** One pool for each `groupBy` whose attributes the dataset has. */
export function imagePools(
  people: People,
  groupBys: readonly (readonly string[])[],
  derive: readonly DerivedAttribute[],
): ImagePool[] {
  const { cells, attributes, rows, processed } = people
  const all = rowGroups({ cells: cells.groups, attributes }, groupBys, derive)
  return groupBys.flatMap((groupBy) => {
    const groups = all.filter((row) => row.groupBy === groupBy && row.comparable)
    if (groups.length === 0) return []
    const codeOfCell = new Int32Array(cells.groups.length).fill(-1)
    groups.forEach((row, code) => row.cells.forEach((cell) => (codeOfCell[cell] = code)))
    const codeOfRow = Int32Array.from({ length: rows }, (_, row) =>
      processed(row) ? codeOfCell[cells.cellOfRow[row]] : -1,
    )
    return [{ groupBy, groups: groups.map(({ group }) => group), codeOfRow }]
  })
}
