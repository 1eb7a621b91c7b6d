/** Judgements of several annotators: how many chose each name. A name of '' is "cannot say". */
export type Votes = readonly (readonly [name: string, cell: string])[]

/** The name that most chose; '' where nobody chose, where as many chose another, and where most could not say. A cell that is no count stays as it is,
 *  so that it is refused with its line. */
export function mostVoted(votes: Votes): string {
  const bad = notACount(votes)
  if (bad !== undefined) return bad
  const most = Math.max(...votes.map(([, cell]) => Number(cell)))
  const leading = votes.filter(([, cell]) => Number(cell) === most)
  return most === 0 || leading.length > 1 ? '' : leading[0][0]
}

/** The mean place of the votes, counted from 1 in the order of the list; null where nobody voted. */
export function meanPlace(cells: readonly string[]): number | null {
  const total = cells.reduce((sum, cell) => sum + Number(cell), 0)
  const weighted = cells.reduce((sum, cell, index) => sum + Number(cell) * (index + 1), 0)
  return total === 0 ? null : weighted / total
}

/** The first cell that is no count, in words that no value has. */
export function notACount(votes: Votes): string | undefined {
  const bad = votes.find(([, cell]) => !/^\d+(\.0+)?$/.test(cell))
  return bad === undefined ? undefined : bad[1] === '' ? 'no count' : bad[1]
}
