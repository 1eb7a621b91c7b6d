import { chiSquaredUpperTail } from './chi-squared-upper-tail.js'
import { fourfoldTables, type Stratum } from './fourfold-tables.js'

/** Does a group's rate differ from its reference's with other attributes held fixed? Cochran-Mantel-Haenszel's chi-squared with
 *  one degree of freedom over strata. Finds differences that point the same way in most strata; opposite ones cancel.
 *  Strata without images on one side, and those where nobody or everybody is counted, say nothing and are listed.
 *  `continuity` is taken off the distance between seen and expected counts, which stays at least 0.
 *  Throws RangeError unless 0 <= count <= total, and if no stratum is left. Source: Mantel & Haenszel 1959.
 *  @example cochranMantelHaenszel([{ group: { count: 10, total: 100 }, reference: { count: 5, total: 100 } }, { group: { count: 20, total: 50 }, reference: { count: 10, total: 50 } }])  // { statistic: 6.400, p: 0.0114, emptyStrata: [] } */
export function cochranMantelHaenszel(
  strata: readonly Stratum[],
  { continuity = 0 }: { readonly continuity?: 0 | 0.5 } = {},
): { readonly statistic: number; readonly p: number; readonly emptyStrata: number[] } {
  const { tables, emptyStrata } = fourfoldTables('cochranMantelHaenszel', strata, 'four-margins')
  if (tables.length === 0) {
    throw new RangeError(
      'cochranMantelHaenszel expected a stratum with images on both sides, some counted and some not, but received none',
    )
  }
  let [excess, variance] = [0, 0]
  for (const { a, b, c, d, groupTotal, referenceTotal, counted, uncounted, total } of tables) {
    excess += (a * d - b * c) / total // a less its expected count
    variance += ((groupTotal / total) * (referenceTotal / total) * counted * uncounted) / (total - 1)
  }
  // not below 0: otherwise the statistic would rise again as the distance falls under the correction
  const distance = Math.max(0, Math.abs(excess) - continuity)
  const statistic = (distance * distance) / variance
  return { statistic, p: chiSquaredUpperTail(statistic, 1), emptyStrata }
}
