import type { Cell } from '../types/facts.js'
import type { OutcomeCount } from './outcome-rate.js'

/** Images that could not be processed, of those attempted, in every cell (measures.md B17). An audit that silently drops
 *  the images it cannot read is itself biased. Evidence needed: none but the cells. */
export function countFailures(cells: readonly Cell[]): OutcomeCount[] {
  return cells.map((cell) => {
    const count = cell.quarantined.reduce((total, [, images]) => total + images, 0)
    return { count, total: cell.processed + count, nearUp: 0, nearDown: 0 }
  })
}
