/** Kendall's W: do several rankings of the same items agree? 1 where all agree, 0 where the items' rank sums are all equal. Equal values share
 *  their middle rank, and the formula is corrected for them. `rows` holds one ranking a row, as values (only their order matters), one column
 *  an item. Throws RangeError unless there is a ranking and all rank the same two items or more by finite numbers, and where every ranking
 *  ties all items (`no-variation`). One ranking agrees with itself: 1.
 *  Source: Kendall & Babington Smith 1939; ties: Kendall 1948.
 *  @example kendallW([[1, 2, 3], [1, 3, 2]])  // 0.75 */
export function kendallW(rows: readonly (readonly number[])[]): number {
  const items = rows[0]?.length ?? 0
  requireRankings(rows, items)
  const rankSums = new Float64Array(items)
  let ties = 0
  for (const row of rows) {
    const { ranks, tied } = middleRanks(row)
    ranks.forEach((rank, item) => (rankSums[item] += rank))
    ties += tied
  }
  const mean = (rows.length * (items + 1)) / 2
  const spread = rankSums.reduce((sum, rankSum) => sum + (rankSum - mean) ** 2, 0)
  const largest = rows.length * (rows.length * (items ** 3 - items) - ties)
  if (largest === 0) throw new RangeError('kendallW expected a ranking that tells items apart but received only ties')
  return (12 * spread) / largest
}

/** Ranks from 1, equal values at the middle of their ranks; `tied` is the sum of t^3 - t over groups of t equal values. */
function middleRanks(values: readonly number[]): { readonly ranks: readonly number[]; readonly tied: number } {
  const order = values.map((_, item) => item).sort((a, b) => values[a] - values[b])
  const ranks = values.map(() => 0)
  let tied = 0
  for (let start = 0; start < order.length;) {
    let end = start + 1
    while (end < order.length && values[order[end]] === values[order[start]]) end++
    const alike = end - start
    for (let place = start; place < end; place++) ranks[order[place]] = (start + 1 + end) / 2
    tied += alike ** 3 - alike
    start = end
  }
  return { ranks, tied }
}

function requireRankings(rows: readonly (readonly number[])[], items: number): void {
  if (rows.length === 0) throw new RangeError('kendallW expected at least one ranking but received none')
  if (items < 2) throw new RangeError(`kendallW expected at least 2 items but received ${items}`)
  for (const row of rows) {
    if (row.length !== items)
      throw new RangeError(`kendallW expected ${items} items a ranking but received ${row.length}`)
    if (!row.every(Number.isFinite)) throw new RangeError('kendallW expected finite numbers but received another')
  }
}
