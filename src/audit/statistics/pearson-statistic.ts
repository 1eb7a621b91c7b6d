import type { ContingencyTable } from './contingency-table.js'

/** Pearson's chi-squared of any counts with the margins of a table: sum of (O - E)^2 / E.
 *  O - E is taken as a whole number over the total, so tables that tie in theory tie to the last few bits.
 *  @example pearsonStatistic(contingencyTable('here', [[1, 49], [3, 47]]), [[1, 49], [3, 47]])  // 1.0417 */
export function pearsonStatistic(
  { rowTotals, columnTotals, total }: ContingencyTable,
  counts: readonly (readonly number[])[],
): number {
  let statistic = 0
  for (let row = 0; row < rowTotals.length; row++) {
    for (let column = 0; column < columnTotals.length; column++) {
      const product = rowTotals[row] * columnTotals[column]
      const excess = counts[row][column] * total - product
      statistic += (excess / product) * (excess / total)
    }
  }
  return statistic
}
