import { chiSquaredUpperTail } from './chi-squared-upper-tail.js'
import { contingencyTable, type ContingencyTable } from './contingency-table.js'
import { pearsonStatistic } from './pearson-statistic.js'

const SMALL = 5
const TINY = 1
const MOST_SMALL = 0.2 // share of expected counts below 5 that the chi-squared curve can bear

/** Do several groups have the same distribution over outcomes? Rows are groups, columns outcomes. Pearson's chi-squared and the
 *  likelihood ratio (G), with rows and columns without images left out and listed.
 *  `expectedTooSmall`: more than 20 % of the expected counts are below 5, or one is below 1; then take the p of
 *  homogeneityPermutation (reason `low-expected-counts`).
 *  Throws RangeError unless the rows are equally long, the counts whole and not negative, and at least two rows and two columns
 *  have images. Source: Pearson 1900; Cochran 1954.
 *  @example homogeneityTest([[1, 49], [3, 47], [6, 44]]).pearson  // { statistic: 4.071, p: 0.131 } */
export function homogeneityTest(table: readonly (readonly number[])[]): {
  readonly pearson: { readonly statistic: number; readonly p: number }
  readonly likelihoodRatio: { readonly statistic: number; readonly p: number }
  readonly degreesOfFreedom: number
  readonly emptyRows: number[]
  readonly emptyColumns: number[]
  readonly expectedTooSmall: boolean
} {
  const checked = contingencyTable('homogeneityTest', table)
  const degreesOfFreedom = (checked.rowTotals.length - 1) * (checked.columnTotals.length - 1)
  const tested = (statistic: number) => ({ statistic, p: chiSquaredUpperTail(statistic, degreesOfFreedom) })
  return {
    pearson: tested(pearsonStatistic(checked, checked.counts)),
    likelihoodRatio: tested(likelihoodRatioStatistic(checked)),
    degreesOfFreedom,
    emptyRows: checked.emptyRows,
    emptyColumns: checked.emptyColumns,
    expectedTooSmall: isExpectedTooSmall(checked),
  }
}

/** 2 * sum of O ln(O / E), by log1p of the whole number (O - E) * total, which keeps the digits where O is near E. */
function likelihoodRatioStatistic({ counts, rowTotals, columnTotals, total }: ContingencyTable): number {
  let statistic = 0
  for (const [row, rowTotal] of rowTotals.entries()) {
    for (const [column, columnTotal] of columnTotals.entries()) {
      const count = counts[row][column]
      const excess = count * total - rowTotal * columnTotal
      if (count > 0) statistic += 2 * count * Math.log1p(excess / (rowTotal * columnTotal))
    }
  }
  return Math.max(0, statistic) // rounding could lead below
}

function isExpectedTooSmall({ rowTotals, columnTotals, total }: ContingencyTable): boolean {
  const scaled = rowTotals.flatMap((rowTotal) => columnTotals.map((columnTotal) => rowTotal * columnTotal)) // E * total
  const small = scaled.filter((expected) => expected < SMALL * total).length
  return small > MOST_SMALL * scaled.length || scaled.some((expected) => expected < TINY * total)
}
