import type { GroupedCells } from '../measures/group-cells.js'
import type { OutcomeCount } from '../measures/outcome-rate.js'
import type { Proportion } from '../statistics/proportion.js'

/** Both sides of a comparison within one combination of other attributes. */
export type Stratum = { readonly group: Proportion; readonly reference: Proportion }

export type StrataQuestion = {
  readonly grouped: GroupedCells
  /** The same cells by the attributes to hold fixed. */
  readonly over: GroupedCells
  /** Counts of the outcome, one per cell. */
  readonly inCells: readonly OutcomeCount[]
  readonly group: number
  /** null for everyone else who can be compared. */
  readonly referenceGroup: number | null
}

/** The counts of a group and its reference within every combination of the attributes to hold fixed, empty sides included.
 *  Combinations with an unknown value are left out. */
export function strataOf({ grouped, over, inCells, group, referenceGroup }: StrataQuestion): Stratum[] {
  const groupOfCell = placeOfCell(grouped, inCells.length)
  const isReference = (place: number): boolean =>
    place >= 0 && place !== group && (referenceGroup === null ? grouped.comparable[place] : place === referenceGroup)
  return over.cells
    .filter((_, index) => over.comparable[index])
    .map((cells) => ({
      group: sumCounts(
        inCells,
        cells.filter((cell) => groupOfCell[cell] === group),
      ),
      reference: sumCounts(
        inCells,
        cells.filter((cell) => isReference(groupOfCell[cell])),
      ),
    }))
}

function placeOfCell({ cells }: GroupedCells, size: number): Int32Array {
  const places = new Int32Array(size).fill(-1)
  cells.forEach((members, place) => members.forEach((cell) => (places[cell] = place)))
  return places
}

function sumCounts(inCells: readonly OutcomeCount[], cells: readonly number[]): Proportion {
  return cells.reduce(
    (sum, cell) => ({ count: sum.count + inCells[cell].count, total: sum.total + inCells[cell].total }),
    { count: 0, total: 0 },
  )
}
