import type { Dataset } from '../types/dataset.js'
import type { DuplicateFacts } from '../types/facts.js'

/** Processed rows whose image files hold the same bytes, set by set, in order of their first row. `hashes` has one entry per row,
 *  null where no file was read. */
export function repeatedImages(
  { excluded, quarantined }: Pick<Dataset, 'excluded' | 'quarantined'>,
  hashes: readonly (string | null)[],
): number[][] {
  const rowsOf = new Map<string, number[]>()
  hashes.forEach((hash, row) => {
    if (hash === null || excluded.has(row) || quarantined.has(row)) return
    const found = rowsOf.get(hash)
    if (found === undefined) rowsOf.set(hash, [row])
    else found.push(row)
  })
  return [...rowsOf.values()].filter(({ length }) => length > 1)
}

/** How many images are repeated, and how many contents are annotated with more than one group: one of those labels is wrong.
 *  `cellOfRow` is the cell of each row in the cross of the attributes. */
export function countRepeated(sets: readonly (readonly number[])[], cellOfRow: Int32Array): DuplicateFacts {
  return {
    contents: sets.length,
    images: sets.reduce((sum, { length }) => sum + length, 0),
    acrossGroups: sets.filter((rows) => rows.some((row) => cellOfRow[row] !== cellOfRow[rows[0]])).length,
  }
}
