import { fourfoldTables, type FourfoldTable, type Stratum } from './fourfold-tables.js'
import { mantelHaenszelProducts } from './mantel-haenszel-products.js'

/** The strata among which odds ratios can be compared, and the odds ratio common to them by Mantel and Haenszel.
 *  Throws RangeError that names `caller` unless 0 <= count <= total, with fewer than two strata that have images on both sides,
 *  some counted and some not, and where their common odds ratio is 0 or infinite. */
export function comparableStrata(
  caller: string,
  strata: readonly Stratum[],
): { readonly tables: FourfoldTable[]; readonly oddsRatio: number; readonly emptyStrata: number[] } {
  const { tables, emptyStrata } = fourfoldTables(caller, strata, 'four-margins')
  if (tables.length < 2) {
    throw new RangeError(
      `${caller} expected at least two strata with images on both sides, some counted and some not, ` +
        `but received ${tables.length}`,
    )
  }
  const { along, across } = mantelHaenszelProducts(tables)
  if (along === 0 || across === 0) {
    throw new RangeError(
      `${caller} expected a common odds ratio above 0 and finite but received ${along === 0 ? 0 : Infinity}`,
    )
  }
  return { tables, oddsRatio: along / across, emptyStrata }
}
