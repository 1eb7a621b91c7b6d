import { adjustSorted } from './p-values.js'
import type { PValues } from './p-values.js'

/** Bonferroni-adjusted p-values: each times the number of defined ones, at most 1. Nulls stay null and are not counted.
 *  Throws RangeError unless every p-value is null or from 0 to 1.
 *  @example bonferroni([0.001, 0.6, null])  // [0.002, 1, null] */
export function bonferroni(pValues: PValues): (number | null)[] {
  return adjustSorted('bonferroni', pValues, (ascending) => ascending.map((p) => Math.min(1, p * ascending.length)))
}
