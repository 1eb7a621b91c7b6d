import fc from 'fast-check'
import type { Proportion } from '../../../src/audit/statistics/proportion.js'
import { proportions } from './proportions.js'

/** The seven races of FairFace's validation images. */
export const RACES = [1556, 1550, 1516, 1623, 1209, 1415, 2085]

/** Their images in crime-related labels (golden counts of the specification, B1). */
export const CRIME = groupsOf([92, 73, 66, 135, 147, 77, 767], RACES)

export function groupsOf(counts: ArrayLike<number>, totals: readonly number[]): Proportion[] {
  return totals.map((total, group) => ({ count: counts[group], total }))
}

/** Two to eight groups of up to `largest` images, zeros and full counts as often as the rest. */
export function someGroups(largest: number, fewest = 2): fc.Arbitrary<Proportion[]> {
  return fc.array(proportions(largest), { minLength: fewest, maxLength: 8 })
}

/** The same groups counted the other way: what was not counted is. */
export function complements(groups: readonly Proportion[]): Proportion[] {
  return groups.map(({ count, total }) => ({ count: total - count, total }))
}

export function meanOf(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length
}

/** Standard error of the mean of independent values. */
export function standardError(values: ArrayLike<number>): number {
  const mean = meanOf(values)
  const squares = Array.from(values).reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return Math.sqrt(squares / (values.length - 1) / values.length)
}

/** Largest distance between the distribution of the values and the uniform one from 0 to 1 (Kolmogorov). */
export function distanceToUniform(values: readonly number[]): number {
  const ascending = [...values].sort((a, b) => a - b)
  return Math.max(
    ...ascending.map((value, place) =>
      Math.max(value - place / ascending.length, (place + 1) / ascending.length - value),
    ),
  )
}
