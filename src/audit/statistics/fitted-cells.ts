import type { FourfoldTable } from './fourfold-tables.js'

/** Cells a, b, c and d of a table with the same margins whose odds ratio is `oddsRatio`: what a stratum would show if the
 *  common odds ratio held in it exactly. Each to nearly full relative accuracy, however small it is beside the others.
 *  Needs four margins above 0 and 0 < oddsRatio < Infinity. Source: Breslow & Day 1980, section 4.4.
 *  @example fittedCells(fourfoldTables('here', [{ group: { count: 3, total: 10 }, reference: { count: 3, total: 20 } }], 'four-margins').tables[0], 1)  // [2, 8, 4, 16] */
export function fittedCells(
  { groupTotal, referenceTotal, counted, uncounted }: FourfoldTable,
  oddsRatio: number,
): readonly [a: number, b: number, c: number, d: number] {
  const groupGap = groupTotal - counted
  const referenceGap = referenceTotal - counted
  // of the quadratic for any of the cells, as a sum of positive terms
  const discriminant =
    referenceGap * referenceGap +
    oddsRatio * oddsRatio * groupGap * groupGap +
    2 * oddsRatio * (groupTotal * referenceTotal + counted * uncounted)
  const root = Math.sqrt(discriminant)
  const along = (product: number, linear: number) => cellOf(oddsRatio * product, linear, root, 1 - oddsRatio)
  const across = (product: number, linear: number) => cellOf(product, linear, root, oddsRatio - 1)
  return [
    along(groupTotal * counted, referenceGap + oddsRatio * (groupTotal + counted)),
    across(groupTotal * uncounted, groupTotal + uncounted - oddsRatio * groupGap),
    across(referenceTotal * counted, referenceTotal + counted + oddsRatio * groupGap),
    along(referenceTotal * uncounted, oddsRatio * (referenceTotal + uncounted) - referenceGap),
  ]
}

/** The root of slope x^2 + linear x = product that the margins allow, in the form that adds: in the other form, or by
 *  subtracting one cell from the margin, a cell near 0 would lose its digits. */
function cellOf(product: number, linear: number, root: number, slope: number): number {
  return linear >= 0 ? (2 * product) / (linear + root) : (root - linear) / (2 * slope)
}
