import { contingencyTable, type ContingencyTable } from './contingency-table.js'
import { hypergeometricDraws } from './hypergeometric-draws.js'
import { pearsonStatistic } from './pearson-statistic.js'
import { permutationPValue } from './permutation-p-value.js'
import type { Random } from './random.js'
import { requireDraws } from './require-draws.js'

/** Pearson's chi-squared of equal distributions over outcomes, with p by permutation: for tables whose expected counts are too
 *  small for the chi-squared curve. Each draw deals all outcomes to the images anew; groups keep their sizes. Only counts are
 *  drawn (multivariate hypergeometric), so the cost goes with draws, rows and columns, and hardly with images.
 *  Throws RangeError as homogeneityTest does, and unless `draws` is a whole number from 1. Source: Phipson & Smyth 2010 (p).
 *  @example homogeneityPermutation([[3, 1], [1, 3]], { draws: 9999, random }).statistic  // 2 */
export function homogeneityPermutation(
  table: readonly (readonly number[])[],
  { draws = 9999, random }: { readonly draws?: number; readonly random: Random },
): { readonly statistic: number; readonly p: number } {
  requireDraws('homogeneityPermutation', draws)
  const checked = contingencyTable('homogeneityPermutation', table)
  const statistic = pearsonStatistic(checked, checked.counts)
  const deal = dealer(checked, random)
  const drawn = Float64Array.from({ length: draws }, () => pearsonStatistic(checked, deal()))
  return { statistic, p: permutationPValue(statistic, drawn) }
}

/** Deals outcomes to rows, one row after another; the last row gets what is left. Returns the same array in every draw. */
function dealer({ rowTotals, columnTotals, total }: ContingencyTable, random: Random): () => number[][] {
  const drawCount = hypergeometricDraws(total, random)
  const counts = rowTotals.map(() => columnTotals.map(() => 0))
  return () => {
    const left = [...columnTotals]
    let images = total
    for (const [row, rowTotal] of rowTotals.entries()) {
      let [missing, others] = [rowTotal, images]
      for (const [column, marked] of left.entries()) {
        others -= marked // of the columns still to come
        const count = drawCount(marked, others, missing)
        counts[row][column] = count
        left[column] = marked - count
        missing -= count
      }
      images -= rowTotal
    }
    return counts
  }
}
