import type { FlowTest, PairFacts } from '../types/paired.js'

/** Images by outcome category in the first run (rows) and the second (columns), as a list without its zeros. */
export function outcomeFlows(
  flow: readonly (readonly number[])[],
  categories: readonly string[],
): FlowTest['outcomes'] {
  return flow.flatMap((row, from) =>
    row.flatMap((images, to) => (images === 0 ? [] : [[categories[from], categories[to], images] as const])),
  )
}

/** Images that got another label, over some cells: most first, then by the ids of both labels. */
export function labelFlows(pair: PairFacts, cells: readonly number[]): FlowTest['labels'] {
  const before = new Map<string, number>()
  const moved = new Map<string, Map<string, number>>() // two levels: a label's name may hold any separator
  for (const [from, to, images] of cells.flatMap((cell) => pair.cells[cell].flows)) {
    before.set(from, (before.get(from) ?? 0) + images)
    if (from === to) continue
    const of = moved.get(from) ?? new Map<string, number>()
    moved.set(from, of.set(to, (of.get(to) ?? 0) + images))
  }
  return [...moved]
    .flatMap(([from, of]) => [...of].map(([to, images]) => [from, to, images, before.get(from) ?? 0] as const))
    .sort(([fromA, toA, a], [fromB, toB, b]) => b - a || compare(fromA, fromB) || compare(toA, toB))
}

/** By code units: the same order on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
