import { categoryOutcomes } from '../../types/measures.js'
import type { RowCells } from '../../scoring/cells.js'
import type { OutcomeBits } from '../../scoring/outcome-bits.js'
import { groupCells } from '../../measures/group-cells.js'
import { createRandom } from '../../statistics/random.js'
import type { CurveTable } from '../../types/curve.js'
import type { Margin, Probe } from '../../types/definitions.js'
import type { Group } from '../../types/groups.js'
import { createGroupCounter, orderByGroup } from './group-counts.js'
import { jointNull } from './joint-null.js'

/** The groups of one `groupBy`, and the group of each image in the order of the bits. */
export type ImageGroups = {
  readonly groupBy: readonly string[]
  readonly groups: readonly Group[]
  readonly comparable: readonly boolean[]
  readonly groupOf: Int32Array
}

/** Sorts images into the groups of one `groupBy`, derived attributes included. `cells` are of the base attributes; `rows` are dataset rows. */
export function imageGroups(
  groupBy: readonly string[],
  { cells, values, rows }: { cells: RowCells; values: ReadonlyMap<string, readonly string[]>; rows: Int32Array },
  derive: Probe['derive'],
): ImageGroups {
  const grouped = groupCells(cells.groups, groupBy, values, derive)
  const groupOfCell = new Int32Array(cells.groups.length)
  grouped.cells.forEach((members, group) => members.forEach((cell) => (groupOfCell[cell] = group)))
  return {
    groupBy,
    groups: grouped.groups,
    comparable: grouped.comparable,
    groupOf: rows.map((row) => groupOfCell[cells.cellOfRow[row]]),
  }
}

export type CurveTablesInput = {
  readonly bits: OutcomeBits
  readonly probe: Pick<Probe, 'id' | 'measure'>
  /** Part of the name of the random stream. */
  readonly grid: string
  readonly margin: Margin
  readonly draws: number
  readonly seed: number
}

/** Counts every group in every specification, and draws what chance alone gives: one table for each outcome of one `groupBy`. Each `groupBy` has a random
 *  stream of its own, so that adding one moves no other's figures. */
export function curveTables(of: ImageGroups, input: CurveTablesInput): CurveTable[] {
  const { bits, probe, margin, draws } = input
  const { groupBy, groups, comparable, groupOf } = of
  const members = orderByGroup(groupOf, groups.length)
  const counter = createGroupCounter(bits, members)
  counter.write(members.order)
  const random = createRandom(input.seed, `joint-null/${probe.id}/${input.grid}/${groupBy.join('&')}`)
  const compared = groupOf.map((group) => (comparable[group] ? group : -1))
  const nulls = jointNull({ bits, groupOf: compared, groups: groups.length, margin, draws, random })
  return categoryOutcomes(probe.measure).map((outcome, place) => ({
    outcome,
    groupBy,
    groups,
    comparable,
    totals: groups.map((_, group) => members.starts[group + 1] - members.starts[group]),
    counts: Array.from({ length: bits.specifications }, (_, s) =>
      groups.map((_group, group) => counter.counts[(group * bits.outcomes + place) * bits.specifications + s]),
    ),
    jointNull: nulls[place],
  }))
}
