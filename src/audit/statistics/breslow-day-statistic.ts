import { fittedCells } from './fitted-cells.js'
import type { FourfoldTable } from './fourfold-tables.js'

const SIGNS = [1, -1, -1, 1] // where a is one higher, b and c are one lower and d one higher

/** Breslow-Day's statistic of one odds ratio in all strata: squared distances of the counts from those fitted with it, over
 *  their variances; `tarone` takes off what is left because the Mantel-Haenszel odds ratio is not the most likely one.
 *  Needs four margins above 0 in every table and 0 < oddsRatio < Infinity. */
export function breslowDayStatistic(
  tables: readonly FourfoldTable[],
  oddsRatio: number,
): { readonly statistic: number; readonly tarone: number; readonly smallestExpected: number } {
  let [statistic, distances, variances, smallestExpected] = [0, 0, 0, Infinity]
  for (const table of tables) {
    const fitted = fittedCells(table, oddsRatio)
    const seen = [table.a, table.b, table.c, table.d]
    const [a, b, c, d] = fitted
    const smallest = fitted.indexOf(Math.min(a, b, c, d))
    // all four cells are equally far from theirs; the smallest gives that distance with the most digits
    const distance = SIGNS[smallest] * (seen[smallest] - fitted[smallest])
    const variance = 1 / (1 / a + 1 / b + 1 / c + 1 / d)
    statistic += (distance * distance) / variance
    distances += distance
    variances += variance
    smallestExpected = Math.min(smallestExpected, fitted[smallest])
  }
  return { statistic, tarone: Math.max(0, statistic - (distances * distances) / variances), smallestExpected }
}
