import type { JointFacts } from '../types/paired.js'
import type { PairedInput, Run } from './paired-cells.js'

/** Counts, for every cell, the outcome categories that three or more runs give the same image. Only images decided in all of them. */
export function countJointCells(
  runs: readonly Run[],
  { cells, processed }: Pick<PairedInput, 'cells' | 'processed'>,
): JointFacts['cells'] {
  const counted = cells.groups.map(() => new Map<string, number>())
  for (let row = 0; row < cells.cellOfRow.length; row++) {
    if (!processed(row) || runs.some(({ decisions }) => decisions.winner[row] < 0)) continue
    const key = JSON.stringify(runs.map(({ labelSet, decisions }) => labelSet.labels[decisions.winner[row]].outcome))
    const counts = counted[cells.cellOfRow[row]]
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counted.map(
    (counts) =>
      [...counts]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, images]) => [JSON.parse(key) as string[], images] as const), // written above
  )
}
