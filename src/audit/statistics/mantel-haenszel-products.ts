import type { FourfoldTable } from './fourfold-tables.js'

/** The two sums that Mantel and Haenszel's odds ratio is made of: ad / N over all strata, and bc / N. Where one of them is 0,
 *  the odds ratio is 0 or infinite, and every stratum lies at that end of what its margins allow.
 *  @example mantelHaenszelProducts(fourfoldTables('here', [{ group: { count: 1, total: 2 }, reference: { count: 1, total: 4 } }], 'four-margins').tables)  // { along: 0.5, across: 0.167 } */
export function mantelHaenszelProducts(tables: readonly FourfoldTable[]): { along: number; across: number } {
  let [along, across] = [0, 0]
  for (const { a, b, c, d, total } of tables) {
    along += (a * d) / total
    across += (b * c) / total
  }
  return { along, across }
}
