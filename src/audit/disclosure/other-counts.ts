import type { LinkedCells } from './linked-cells.js'

const MOST_STEPS = 300 // a search that finds anything mostly does so within a hundred
const SCATTER = 0x9e3779b1 // odd, near 2^32 over the golden ratio: neighbours land far apart (Knuth, volume 3, section 6.4)
const TRIES = 5 // in other orders: a search that went astray early seldom finds its way back

/** Other whole counts from 0, fitting every line, that a reader of the published cells cannot tell from the true ones, and that differ from
 *  them in the cell `start`. Returns the cells in which they differ, or null where none were found. The answer is safe in one
 *  direction: cells that are returned cannot be told; null may also mean that the search gave up.
 *  It changes `start` by one image, then mends one line after the other, going back where that leads nowhere. */
export function otherCounts(
  table: LinkedCells,
  suppressed: readonly boolean[],
  start: number,
): readonly number[] | null {
  const open = new Set<1 | -1>(table.counts[start] === 0 ? [1] : [1, -1])
  for (let attempt = 0; attempt < TRIES; attempt++) {
    for (const step of open) {
      const search: Search = { table, suppressed, attempt, change: new Map(), excess: new Map(), steps: 0 }
      move(search, start, step)
      if (mend(search)) return [...search.change.keys()]
      if (search.steps < MOST_STEPS) open.delete(step) // everything was tried
    }
  }
  return null
}

type Search = {
  readonly table: LinkedCells
  readonly suppressed: readonly boolean[]
  readonly attempt: number
  /** Images added to a cell, or taken from it. */
  readonly change: Map<number, number>
  /** Lines that do not add up at the moment, with sum of parts minus total. */
  readonly excess: Map<number, number>
  steps: number
}

type Step = { readonly cell: number; readonly step: 1 | -1; readonly cost: number }

/** Depth first, with the steps to be tried next on a stack of their own: lines may be as many as the cells of a large audit. */
function mend(search: Search): boolean {
  const open: { readonly steps: readonly Step[]; next: number; taken: Step | null }[] = []
  for (;;) {
    if (search.excess.size === 0) return true
    if (++search.steps >= MOST_STEPS) return false
    open.push({ steps: stepsFor(search), next: 0, taken: null })
    while (open.length > 0 && !advance(search, open[open.length - 1])) open.pop()
    if (open.length === 0) return false
  }
}

/** Takes back the step that led nowhere and takes the next one; false where all have been tried. */
function advance(
  search: Search,
  level: { readonly steps: readonly Step[]; next: number; taken: Step | null },
): boolean {
  if (level.taken !== null) move(search, level.taken.cell, level.taken.step === 1 ? -1 : 1)
  level.taken = null
  if (level.next >= level.steps.length) return false
  level.taken = level.steps[level.next++]
  move(search, level.taken.cell, level.taken.step)
  return true
}

/** The steps that mend one line, those first that upset the fewest others. The line with the fewest ways to mend it is taken. */
function stepsFor(search: Search): Step[] {
  let fewest = Infinity
  let tightest = -1
  for (const line of search.excess.keys()) {
    const ways = countWays(search, line, fewest)
    if (ways >= fewest) continue
    fewest = ways
    tightest = line
    if (ways === 0) return []
  }
  const rank = rankOf(search.attempt)
  return stepsOfLine(search, tightest).sort((a, b) => a.cost - b.cost || rank(a.cell) - rank(b.cell) || a.cell - b.cell)
}

/** The order of cells in one attempt: canonical first, then scattered, always the same. */
function rankOf(attempt: number): (cell: number) => number {
  return attempt === 0 ? (cell) => cell : (cell) => Math.imul(cell + 1, SCATTER + 2 * attempt) >>> 0
}

/** Ways to mend a line, counted up to `enough`: nearly all the time of a search goes here, so nothing is built for lines that are not taken. */
function countWays(search: Search, line: number, enough: number): number {
  const members = search.table.lines[line]
  let ways = 0
  for (let place = 0; place < members.length && ways < enough; place++) {
    if (isPossible(search, members[place], stepAt(search, line, place))) ways++
  }
  return ways
}

function stepsOfLine(search: Search, line: number): Step[] {
  return search.table.lines[line].flatMap((cell, place) => {
    const step = stepAt(search, line, place)
    return isPossible(search, cell, step) ? [{ cell, step, cost: costOf(search, cell, step) }] : []
  })
}

/** What mends a line: with too many images in its parts one of them loses an image, or the total, which stands last, gains one. */
function stepAt({ table, excess }: Search, line: number, place: number): 1 | -1 {
  const isTotal = place === table.lines[line].length - 1
  return (excess.get(line) ?? 0) > 0 === isTotal ? 1 : -1
}

function isPossible({ table, suppressed, change }: Search, cell: number, step: 1 | -1): boolean {
  if (!suppressed[cell]) return false
  const before = change.get(cell) ?? 0
  // a cell that went up does not come down again: it would undo what was done, and the search would not end
  return before * step >= 0 && table.counts[cell] + before + step >= 0
}

/** How much further from adding up the lines of a cell are after a step. */
function costOf({ table, excess }: Search, cell: number, step: number): number {
  return table.linesOf[cell].reduce((cost, { line, sign }) => {
    const before = excess.get(line) ?? 0
    return cost + Math.abs(before + sign * step) - Math.abs(before)
  }, 0)
}

function move({ table, change, excess }: Search, cell: number, step: number): void {
  add(change, cell, step)
  for (const { line, sign } of table.linesOf[cell]) add(excess, line, sign * step)
}

function add(sums: Map<number, number>, key: number, amount: number): void {
  const sum = (sums.get(key) ?? 0) + amount
  if (sum === 0) sums.delete(key)
  else sums.set(key, sum)
}
