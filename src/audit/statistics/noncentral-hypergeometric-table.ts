import { fittedCells } from './fitted-cells.js'
import type { FourfoldTable } from './fourfold-tables.js'

/** Cumulative probabilities of the group's count in a stratum, given its margins and its odds ratio (Fisher's noncentral
 *  hypergeometric): entry k is the probability of at most `lowest` + k; the last entry is 1.
 *  Built outward from the fitted count, near the most probable one, by ratios of neighbours, so that no term under- or overflows
 *  on the way. Needs four margins above 0 and 0 < oddsRatio < Infinity. Cost: linear in the smallest margin.
 *  Source: Fisher 1935; Harkness 1965.
 *  @example noncentralHypergeometricTable(fourfoldTables('here', [{ group: { count: 1, total: 1 }, reference: { count: 0, total: 2 } }], 'four-margins').tables[0], 1)  // { lowest: 0, cumulative: [0.667, 1] } */
export function noncentralHypergeometricTable(
  table: FourfoldTable,
  oddsRatio: number,
): { readonly lowest: number; readonly cumulative: Float64Array } {
  const { groupTotal, referenceTotal, counted } = table
  const lowest = Math.max(0, counted - referenceTotal)
  const highest = Math.min(groupTotal, counted)
  const start = Math.floor(fittedCells(table, oddsRatio)[0]) // lies between lowest and highest
  const weights = new Float64Array(highest - lowest + 1)
  weights[start - lowest] = 1
  for (let k = start; k < highest; k++) {
    const ratio = ((groupTotal - k) / (k + 1)) * ((counted - k) / (referenceTotal - counted + k + 1))
    weights[k + 1 - lowest] = weights[k - lowest] * ratio * oddsRatio
  }
  for (let k = start; k > lowest; k--) {
    const ratio = (k / (groupTotal - k + 1)) * ((referenceTotal - counted + k) / (counted - k + 1))
    weights[k - 1 - lowest] = (weights[k - lowest] * ratio) / oddsRatio
  }
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  let sum = 0
  const cumulative = weights.map((weight) => (sum += weight) / all)
  cumulative[highest - lowest] = 1
  return { lowest, cumulative }
}
