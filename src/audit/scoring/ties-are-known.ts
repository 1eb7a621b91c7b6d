import type { Decisions } from '../types/decisions.js'
import type { RowCells } from './cells.js'

/** Whether near-ties can be counted at all. Decisions made elsewhere may come without scores, or with a lead too small to trust and
 *  no runner-up: then the number is unknown, which is not 0. */
export function tiesAreKnown(input: {
  readonly decisions: Decisions
  readonly cells: RowCells
  readonly processed: (row: number) => boolean
  readonly nearTie: number
}): boolean {
  const { cells, processed, nearTie } = input
  const { scores, winner, runnerUp } = input.decisions
  if (scores === null) return false
  for (let row = 0; row < cells.cellOfRow.length; row++) {
    if (winner[row] < 0 || !processed(row)) continue
    const isClear = scores.margin[row] > nearTie
    if (!isClear && (runnerUp[row] < 0 || Number.isNaN(scores.margin[row]))) return false
  }
  return true
}
