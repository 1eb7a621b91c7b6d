import type { CellTable, CountedCell, Line } from '../../../src/audit/disclosure/linked-cells.js'

/** A table of counts with its margins. `axes[i]` is the length of axis i; base cells come in the order of nested loops. A margin is
 *  named by its place on each axis, with `*` where it sums over all: `1,*`. */
export function marginTable(axes: readonly number[], counts: readonly number[]): CellTable {
  const places = axes.reduce<string[][]>(
    (all, length) => all.flatMap((place) => [...range(length), '*'].map((at) => [...place, String(at)])),
    [[]],
  )
  const base = places.filter((place) => !place.includes('*'))
  const countOf = (place: readonly string[]): number =>
    base.reduce(
      (sum, one, index) => (one.every((at, i) => place[i] === '*' || place[i] === at) ? sum + counts[index] : sum),
      0,
    )
  const ordered = [...places].sort((a, b) => stars(a) - stars(b))
  const cells: CountedCell[] = ordered.map((place, order) => {
    const count = countOf(place)
    return { id: place.join(), count, least: count, order }
  })
  const lines: Line[] = places.flatMap((place) =>
    place.flatMap((at, axis) =>
      at === '*'
        ? [{ parts: range(axes[axis]).map((part) => place.with(axis, String(part)).join()), total: place.join() }]
        : [],
    ),
  )
  return { cells, lines }
}

/** The cells that whoever knows all cells but the suppressed ones, and all lines, can tell exactly. Tries every whole count from 0 to
 *  `most` for every suppressed base cell (a cell that is no total), those near the truth first; simple, and knows nothing of how cells
 *  were chosen. */
export function toldExactly(table: CellTable, suppressed: ReadonlySet<string>, most: number): string[] {
  return [...suppressed].filter((target) => !couldBeOther(table, suppressed, { target, most }))
}

type Question = { readonly target: string; readonly most: number }

function couldBeOther(
  { cells, lines }: CellTable,
  suppressed: ReadonlySet<string>,
  { target, most }: Question,
): boolean {
  const truth = new Map(cells.map(({ id, count }) => [id, count] as const))
  const totals = new Set(lines.map(({ total }) => total))
  const membersOf = new Map(cells.map(({ id }) => [id, baseOf(id, lines, totals)] as const))
  const first = new Set(membersOf.get(target))
  const unknown = cells.map(({ id }) => id).filter((id) => !totals.has(id) && suppressed.has(id))
  const free = [...unknown.filter((id) => first.has(id)), ...unknown.filter((id) => !first.has(id))]
  const now = new Map(cells.filter(({ id }) => !suppressed.has(id)).map(({ id, count }) => [id, count] as const))
  const possible = ({ id, count }: { id: string; count: number }): boolean => {
    const known = (membersOf.get(id) ?? []).map((member) => now.get(member))
    const sum = known.reduce<number>((so, value) => so + (value ?? 0), 0)
    const isWhole = !known.includes(undefined)
    if (id === target) return !isWhole || sum !== count
    return isWhole ? sum === count : sum <= count
  }
  const checks = cells.filter(({ id }) => id === target || (totals.has(id) && !suppressed.has(id)))
  const visit = (next: number): boolean => {
    if (!checks.every(possible)) return false
    if (next === free.length) return true
    const near = (value: number): number => Math.abs(value - (truth.get(free[next]) ?? 0))
    for (const value of range(most + 1).sort((a, b) => near(a) - near(b))) {
      now.set(free[next], value)
      if (visit(next + 1)) return true
    }
    now.delete(free[next])
    return false
  }
  return visit(0)
}

/** The base cells that a cell sums. */
function baseOf(id: string, lines: readonly Line[], totals: ReadonlySet<string>): string[] {
  if (!totals.has(id)) return [id]
  const line = lines.find(({ total }) => total === id)
  return line?.parts.flatMap((part) => baseOf(part, lines, totals)) ?? []
}

function stars(place: readonly string[]): number {
  return place.filter((at) => at === '*').length
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index)
}
