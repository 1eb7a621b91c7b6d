import { adjustSorted } from './p-values.js'
import type { PValues } from './p-values.js'

/** Benjamini-Hochberg q-values: the false discovery rate at which each test would just be reported. Nulls stay null and
 *  are not counted. Throws RangeError unless every p-value is null or from 0 to 1. Source: Benjamini & Hochberg 1995.
 *  @example benjaminiHochberg([0.01, 0.02, 0.9])  // [0.03, 0.03, 0.9] */
export function benjaminiHochberg(pValues: PValues): (number | null)[] {
  return adjustSorted('benjaminiHochberg', pValues, (ascending) => {
    let smallest = 1
    const descending = ascending.map((p, rank) => (p * ascending.length) / (rank + 1)).reverse()
    return descending.map((q) => (smallest = Math.min(smallest, q))).reverse()
  })
}
