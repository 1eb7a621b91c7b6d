import { UNKNOWN } from '../types/groups.js'
import { cellId } from './cell-id.js'
import type { Column } from './label-columns.js'
import type { CountedCell, Line } from './linked-cells.js'
import type { RateTable } from './rate-tables.js'
import type { Grouping, Region } from './regions.js'

const FEWEST_GROUPS = 3 // with two, everyone but the one is the other

type Counts = {
  readonly columns: readonly Column[]
  readonly countIn: (column: string, region: Region) => number | undefined
  readonly minimum: number
}

/** Everyone but one group, where that gives away fewer than `minimum`: each is a cell that adds up with its group to everyone. Larger ones
 *  give away no more than the group does. */
export function restCells(
  { rates }: RateTable,
  { regions, everyone }: Grouping,
  { columns, countIn, minimum }: Counts,
): { readonly cell: Omit<CountedCell, 'order'>; readonly line: Line }[] {
  const comparable = regions.filter((_, index) => rates[index].group.every(([, value]) => value !== UNKNOWN))
  if (comparable.length < FEWEST_GROUPS) return []
  return comparable.flatMap((region) => {
    const rest = (column: string): number => (countIn(column, everyone) ?? 0) - (countIn(column, region) ?? 0)
    return columns
      .map(({ key, givesAway }) => ({ key, count: rest(key), least: Math.min(...givesAway.map(rest)) }))
      .filter(({ key, least }) => least < minimum && countIn(key, region) !== undefined)
      .map(({ key, count, least }) => {
        const total = cellId(key, everyone)
        const id = `${total} without ${region.key}`
        return { cell: { id, count, least }, line: { parts: [cellId(key, region), id], total } }
      })
  })
}
