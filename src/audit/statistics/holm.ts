import { adjustSorted } from './p-values.js'
import type { PValues } from './p-values.js'

/** Holm's step-down adjusted p-values: like Bonferroni's, never larger, with the same guarantee. Nulls stay null and are
 *  not counted. Throws RangeError unless every p-value is null or from 0 to 1. Source: Holm 1979.
 *  @example holm([0.001, 0.03, 0.03])  // [0.003, 0.06, 0.06] */
export function holm(pValues: PValues): (number | null)[] {
  return adjustSorted('holm', pValues, (ascending) => {
    let largest = 0
    return ascending.map((p, rank) => (largest = Math.max(largest, Math.min(1, p * (ascending.length - rank)))))
  })
}
