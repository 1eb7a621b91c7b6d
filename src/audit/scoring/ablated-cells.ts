import type { AblationFacts } from '../types/ablation.js'
import type { Decisions } from '../types/decisions.js'
import type { RowCells } from './cells.js'
import type { Run } from './paired-cells.js'

type Rows = {
  readonly cells: RowCells
  /** True for a row that was processed: neither excluded nor quarantined. */
  readonly processed: (row: number) => boolean
}

/** Whether the second label of every decided image is known; without it nobody can say where an image would go. */
export function runnersUpAreKnown({ winner, runnerUp }: Decisions, { cells, processed }: Rows): boolean {
  return cells.cellOfRow.every((_, row) => winner[row] < 0 || !processed(row) || runnerUp[row] >= 0)
}

/** Counts, for every label and cell, where the images of the label go when it alone is taken out of its label set: to their runner-up,
 *  which the label set without it would decide (of equal scores the lower index, as ever). Returns label x cell, flows in label order. */
export function countRemovals({ labelSet, decisions }: Run, { cells, processed }: Rows): AblationFacts['cells'][] {
  const { labels } = labelSet
  const moves = labels.map(() => cells.groups.map(() => new Map<number, number>()))
  for (let row = 0; row < cells.cellOfRow.length; row++) {
    const [winner, runnerUp] = [decisions.winner[row], decisions.runnerUp[row]]
    if (winner < 0 || !processed(row)) continue
    const counts = moves[winner][cells.cellOfRow[row]]
    counts.set(runnerUp, (counts.get(runnerUp) ?? 0) + 1)
  }
  return moves.map((ofLabel, from) =>
    ofLabel.map((counts) =>
      [...counts].sort(([a], [b]) => a - b).map(([to, images]) => [labels[from].id, labels[to].id, images] as const),
    ),
  )
}

/** Counts, for every cell, which images a label takes when it alone is added as the last one. `taken` is 1 for the rows that it scores
 *  higher on than every label of the set. */
export function countAddition(
  { labelSet, decisions }: Run,
  added: { readonly id: string; readonly taken: Uint8Array },
  { cells, processed }: Rows,
): AblationFacts['cells'] {
  const { labels } = labelSet
  const counts = cells.groups.map(() => new Uint32Array(labels.length))
  for (let row = 0; row < cells.cellOfRow.length; row++) {
    const winner = decisions.winner[row]
    if (winner >= 0 && added.taken[row] === 1 && processed(row)) counts[cells.cellOfRow[row]][winner]++
  }
  return counts.map((ofCell) =>
    labels.map(({ id }, label) => [id, added.id, ofCell[label]] as const).filter(([, , images]) => images > 0),
  )
}
