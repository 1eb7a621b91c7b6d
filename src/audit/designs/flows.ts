import type { FlowMatrix } from '../statistics/flow-matrix.js'
import type { PairedCounts } from '../statistics/paired-counts.js'
import type { Decisions } from '../types/decisions.js'
import type { LabelSet } from '../types/definitions.js'

/** A label set and what it decides for the rows of a dataset. */
export type Decided = {
  readonly labelSet: Pick<LabelSet, 'id' | 'labels' | 'outcomes' | 'templates'>
  readonly decisions: Pick<Decisions, 'winner' | 'exactTies'>
}

/** Which rows are compared, and in which group each counts; -1: in none. */
export type RowGroups = { readonly groupOfRow: Int32Array; readonly groups: number }

/** Where the images of one group go between two label sets. */
export type GroupFlow = {
  /** Images decided under both, by outcome under the first (row) and the second (column). */
  readonly flow: FlowMatrix
  /** Images decided under one of the two only: in no cell of the flow. */
  readonly onlyFirst: number
  readonly onlySecond: number
}

export type OutcomeFlows = {
  /** Rows and columns of every flow: outcomes that the first label set declares, then those only the second does. */
  readonly outcomes: readonly string[]
  readonly groups: readonly GroupFlow[]
}

/** Counts, for every group, how the images move between outcomes when one label set takes the place of another on the same
 *  images (measures.md B7, A6). Images that one of the two did not decide are counted apart: a group whose flow is empty is
 *  not paired at all. Evidence needed: decisions. Throws RangeError unless both decided, and the groups name, the same rows. */
export function countFlows(first: Decided, second: Decided, { groupOfRow, groups }: RowGroups): OutcomeFlows {
  requireSameRows(first, second, groupOfRow)
  const outcomes = [...new Set([first, second].flatMap(({ labelSet }) => labelSet.outcomes.map(({ id }) => id)))]
  const [from, to] = [first, second].map(({ labelSet }) =>
    labelSet.labels.map(({ outcome }) => outcomes.indexOf(outcome)),
  )
  const counted = Array.from({ length: groups }, () => ({
    flow: outcomes.map(() => outcomes.map(() => 0)),
    onlyFirst: 0,
    onlySecond: 0,
  }))
  for (let row = 0; row < groupOfRow.length; row++) {
    if (groupOfRow[row] < 0) continue
    const group = counted[groupOfRow[row]]
    const [before, after] = [first.decisions.winner[row], second.decisions.winner[row]]
    if (before >= 0 && after >= 0) group.flow[from[before]][to[after]]++
    else if (before >= 0) group.onlyFirst++
    else if (after >= 0) group.onlySecond++
  }
  return { outcomes, groups: counted }
}

/** The four counts of a paired comparison of one outcome, or of a union of several: images inside it under both label sets,
 *  under one of them, under neither. */
export function pairedCountsOf(
  flow: FlowMatrix,
  outcomes: readonly string[],
  inside: ReadonlySet<string>,
): PairedCounts {
  const counts = { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 }
  outcomes.forEach((before, row) =>
    outcomes.forEach((after, column) => {
      counts[placeOf(inside.has(before), inside.has(after))] += flow[row][column]
    }),
  )
  return counts
}

function placeOf(isBefore: boolean, isAfter: boolean): keyof PairedCounts {
  if (isBefore) return isAfter ? 'both' : 'onlyFirst'
  return isAfter ? 'onlySecond' : 'neither'
}

function requireSameRows(first: Decided, second: Decided, groupOfRow: Int32Array): void {
  for (const { winner } of [first.decisions, second.decisions]) {
    if (winner.length !== groupOfRow.length) {
      throw new RangeError(`countFlows expected decisions for ${groupOfRow.length} rows but received ${winner.length}`)
    }
  }
}
