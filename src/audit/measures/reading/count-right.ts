import type { Tally } from '../../types/facts.js'
import type { AccuracyReading } from '../../types/measures.js'
import { judgeLabel, type JudgedUnder } from './judge-label.js'

/** Images of one cell: decided rightly, of those with a known annotation, and those whose label claims nothing of the attribute (they are wrong). */
export type RightCount = { readonly count: number; readonly total: number; readonly offAttribute: number }

/** Counts one reading in every cell: `tallies[i]` belongs to cell i. */
export function countRight(tallies: readonly Tally[], reading: AccuracyReading, under: JudgedUnder): RightCount[] {
  const judge = judgeLabel(reading, under)
  return tallies.map(({ group, counts }) => {
    const judged = counts.map(([label, images]) => ({ images, judgement: judge(label, group) }))
    const sum = (wanted: (one: (typeof judged)[number]) => boolean): number =>
      judged.reduce((total, one) => total + (wanted(one) ? one.images : 0), 0)
    return {
      count: sum(({ judgement }) => judgement === 'right'),
      total: sum(({ judgement }) => judgement !== null),
      offAttribute: sum(({ judgement }) => judgement === 'off-attribute'),
    }
  })
}

/** The sum over some cells. */
export function addRight(counts: readonly RightCount[], cells: readonly number[]): RightCount {
  return cells.reduce(
    (sum, cell) => ({
      count: sum.count + counts[cell].count,
      total: sum.total + counts[cell].total,
      offAttribute: sum.offAttribute + counts[cell].offAttribute,
    }),
    { count: 0, total: 0, offAttribute: 0 },
  )
}
