import type { Dataset } from '../types/dataset.js'
import type { DuplicateFacts } from '../types/facts.js'
import { UNKNOWN, type Group } from '../types/groups.js'

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

type Cells = { readonly groups: readonly Group[]; readonly cellOfRow: Int32Array }

/** How many images are repeated, and how many contents are annotated with more than one group: one of those labels is wrong.
 *  A row with an unknown value contradicts nobody. */
export function countRepeated(sets: readonly (readonly number[])[], { groups, cellOfRow }: Cells): DuplicateFacts {
  const isKnown = groups.map((group) => group.every(([, value]) => value !== UNKNOWN))
  return {
    contents: sets.length,
    images: sets.reduce((sum, { length }) => sum + length, 0),
    acrossGroups: sets.filter((rows) => {
      const cells = rows.map((row) => cellOfRow[row]).filter((cell) => isKnown[cell])
      return cells.some((cell) => cell !== cells[0])
    }).length,
  }
}
