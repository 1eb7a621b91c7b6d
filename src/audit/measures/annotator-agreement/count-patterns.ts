import type { RowCells } from '../../scoring/cells.js'
import type { AnnotatorAgreementObserved } from '../../types/observed/annotator-agreement.js'

type Cells = AnnotatorAgreementObserved['cells']

/** Counts in every cell how many people put an image into each label. `winners[i][row]` is the label of person i, -1 where there is none;
 *  images that nobody judged are in no pattern. Patterns come in the order of their counts, so that the order of rows moves nothing. */
export function countPatterns(
  winners: readonly Int32Array[],
  labels: number,
  { cells, processed }: { readonly cells: RowCells; readonly processed: (row: number) => boolean },
): Cells {
  const seen = cells.groups.map(() => new Map<string, { counts: number[]; images: number }>())
  cells.cellOfRow.forEach((cell, row) => {
    if (!processed(row)) return
    const counts = new Array<number>(labels).fill(0)
    let judges = 0
    for (const winner of winners) {
      if (winner[row] < 0) continue
      counts[winner[row]]++
      judges++
    }
    if (judges === 0) return
    const key = counts.join(' ')
    const pattern = seen[cell].get(key)
    if (pattern === undefined) seen[cell].set(key, { counts, images: 1 })
    else pattern.images++
  })
  return seen.flatMap((patterns, cell) =>
    patterns.size === 0 ? [] : [{ cell, patterns: [...patterns].sort(byKey).map(([, pattern]) => pattern) }],
  )
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}
