import type { DerivedAttribute } from '../types/definitions.js'
import { UNKNOWN, type Group } from '../types/groups.js'

/** The groups that one `groupBy` makes, and which cells each of them sums. */
export type GroupedCells = {
  readonly groupBy: readonly string[]
  /** Every combination of declared values, the empty ones included, in declared order; combinations with `unknown` only if they occur. */
  readonly groups: readonly Group[]
  /** Cell indexes of each group. */
  readonly cells: readonly (readonly number[])[]
  /** False for a group with an `unknown` value: shown and counted, never compared and in no `rest`. */
  readonly comparable: readonly boolean[]
}

const MOST_EMPTY_COMBINATIONS = 20_000 // above this only combinations that occur are listed

/** Sums cells of the base attributes into the groups of one `groupBy`, derived attributes included.
 *  `values` gives the declared values of each base attribute; an attribute that is neither declared nor derived throws RangeError. */
export function groupCells(
  cells: readonly Group[],
  groupBy: readonly string[],
  values: ReadonlyMap<string, readonly string[]>,
  derive: readonly DerivedAttribute[],
): GroupedCells {
  const axes = groupBy.map((attribute) => axisOf(attribute, values, derive))
  const found = new Map<string, { group: Group; cells: number[] }>()
  const product = axes.reduce((size, axis) => size * axis.values.length, 1)
  if (product <= MOST_EMPTY_COMBINATIONS)
    for (const group of combinations(axes)) found.set(keyOf(group), { group, cells: [] })
  cells.forEach((cell, index) => {
    const group = axes.map((axis) => [axis.attribute, axis.valueOf(cell)] as const)
    const entry = found.get(keyOf(group)) ?? { group, cells: [] }
    entry.cells.push(index)
    found.set(keyOf(group), entry)
  })
  const ordered = [...found.values()].sort((a, b) => compareGroups(a.group, b.group, axes))
  return {
    groupBy,
    groups: ordered.map(({ group }) => group),
    cells: ordered.map((entry) => entry.cells),
    comparable: ordered.map(({ group }) => group.every(([, value]) => value !== UNKNOWN)),
  }
}

type Axis = {
  readonly attribute: string
  readonly values: readonly string[]
  readonly valueOf: (cell: Group) => string
}

function axisOf(
  attribute: string,
  values: ReadonlyMap<string, readonly string[]>,
  derive: readonly DerivedAttribute[],
): Axis {
  const declared = values.get(attribute)
  if (declared !== undefined) {
    return {
      attribute,
      values: declared.filter((value) => value !== UNKNOWN),
      valueOf: (cell) => valueIn(cell, attribute),
    }
  }
  const derived = derive.find(({ id }) => id === attribute)
  if (derived === undefined) throw new RangeError(`groupCells knows no attribute ${JSON.stringify(attribute)}`)
  const target = new Map(
    derived.groups.flatMap(({ value, values: from }) => from.map((source) => [source, value] as const)),
  )
  return {
    attribute,
    values: derived.groups.map(({ value }) => value),
    valueOf: (cell) => target.get(valueIn(cell, derived.from)) ?? UNKNOWN,
  }
}

function valueIn(cell: Group, attribute: string): string {
  return cell.find(([name]) => name === attribute)?.[1] ?? UNKNOWN
}

function combinations(axes: readonly Axis[]): Group[] {
  return axes.reduce<Group[]>(
    (groups, axis) =>
      groups.flatMap((group) => axis.values.map((value) => [...group, [axis.attribute, value] as const])),
    [[]],
  )
}

/** A key that no value can forge: JSON of the pairs, not a joined string. */
function keyOf(group: Group): string {
  return JSON.stringify(group)
}

function compareGroups(a: Group, b: Group, axes: readonly Axis[]): number {
  for (let i = 0; i < axes.length; i++) {
    const order = rankOf(axes[i], a[i][1]) - rankOf(axes[i], b[i][1])
    if (order !== 0) return order
  }
  return 0
}

function rankOf(axis: Axis, value: string): number {
  const rank = axis.values.indexOf(value)
  return rank < 0 ? axis.values.length : rank
}
