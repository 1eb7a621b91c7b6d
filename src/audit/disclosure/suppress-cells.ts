import { linkCells, type CellTable, type LinkedCells } from './linked-cells.js'
import { otherCounts } from './other-counts.js'

/** Why a cell is not printed: it is small itself, or a small one could be found from it. */
export type Suppression = 'primary' | 'complementary'

/** Which cells of linked tables must not be printed, so that none below the threshold can be found (measures.md A8, small cells).
 *  1. Every cell whose `least` is below `minimum` is suppressed, zero included.
 *  2. In every line with exactly one suppressed cell, the next smallest is suppressed too (by `least`, then by count; ties: canonical
 *     order), until no line has exactly one. By `least`, so that a count inside an outcome and the one outside it go together.
 *  3. That alone does not protect: 0 + 0 + 50 = 50 gives both zeros away, and so can lines that cross. So for each suppressed cell other counts
 *     are looked for that fit all that is printed. Where none are found, the smallest printed cell that shares a line with it is
 *     suppressed, and step 2 is taken again.
 *  Hence every suppressed cell has at least two possible values for whoever knows all other cells and all lines. It may hide more than
 *  is needed: to hide the least is a hard problem (Fischetti and Salazar 2001). Throws RangeError as {@link linkCells}, or when `minimum` is not a whole number from 1.
 *  @example suppressCells({ cells: [a: 3, b: 40, c: 90, all: 133], lines: [a + b + c = all] }, 10)  // a primary, b complementary */
export function suppressCells(table: CellTable, minimum: number): ReadonlyMap<string, Suppression> {
  if (!Number.isSafeInteger(minimum) || minimum < 1) {
    throw new RangeError(`suppressCells expected a whole minimum from 1 but received ${minimum}`)
  }
  const linked = linkCells(table)
  const isPrimary = linked.least.map((least) => least < minimum)
  const suppressed = [...isPrimary]
  balanceLines(linked, suppressed)
  protectEach(linked, suppressed)
  const found = new Map<string, Suppression>()
  linked.ids.forEach((id, cell) => {
    if (suppressed[cell]) found.set(id, isPrimary[cell] ? 'primary' : 'complementary')
  })
  return found
}

/** Step 2: a line with exactly one suppressed cell gives it away by subtraction. */
function balanceLines(table: LinkedCells, suppressed: boolean[]): void {
  let isStable = false
  while (!isStable) {
    isStable = true
    for (const line of table.lines) {
      if (line.filter((cell) => suppressed[cell]).length !== 1) continue
      suppressed[smallestPrinted(table, suppressed, line)] = true // a line has two cells or more, so there is one
      isStable = false
    }
  }
}

/** Step 3. A cell that is once protected stays so: its other counts touch suppressed cells alone. */
function protectEach(table: LinkedCells, suppressed: boolean[]): void {
  const isProtected = new Set<number>()
  let changed = true
  while (changed) {
    changed = false
    for (let cell = 0; cell < suppressed.length; cell++) {
      while (suppressed[cell] && !isProtected.has(cell)) {
        const differing = otherCounts(table, suppressed, cell)
        differing?.forEach((each) => isProtected.add(each))
        if (differing !== null) break
        const next = smallestNearby(table, suppressed, cell)
        if (next < 0) break // nothing that is linked with it is printed, so nothing about it is known
        suppressed[next] = true
        balanceLines(table, suppressed)
        changed = true // cells before this one may have been suppressed
      }
    }
  }
}

/** The smallest printed cell that shares a line with a cell, or else with a suppressed cell linked with it; -1 where none is. */
function smallestNearby(table: LinkedCells, suppressed: readonly boolean[], start: number): number {
  const seen = new Set([start])
  let ring = [start]
  while (ring.length > 0) {
    const neighbours = [
      ...new Set(ring.flatMap((cell) => table.linesOf[cell].flatMap(({ line }) => table.lines[line]))),
    ]
    const smallest = smallestPrinted(table, suppressed, neighbours)
    if (smallest >= 0) return smallest
    ring = neighbours.filter((cell) => !seen.has(cell))
    ring.forEach((cell) => seen.add(cell))
  }
  return -1
}

/** Smallest by what a cell gives away, then by its count; cells are numbered in canonical order, which decides ties. */
function smallestPrinted(table: LinkedCells, suppressed: readonly boolean[], cells: readonly number[]): number {
  const { least, counts } = table
  const isSmaller = (a: number, b: number): boolean => (least[a] - least[b] || counts[a] - counts[b] || a - b) < 0
  return cells.reduce((smallest, cell) => {
    if (suppressed[cell]) return smallest
    return smallest < 0 || isSmaller(cell, smallest) ? cell : smallest
  }, -1)
}
