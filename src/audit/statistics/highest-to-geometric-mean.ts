import type { Proportion } from './proportion.js'
import { requireGroups } from './require-groups.js'

/** The highest rate of several groups divided by the geometric mean of all of them, from 1.
 *  If any count is 0 the mean would be 0: then every rate is taken as (count + 1/2) / (total + 1), and `smoothed` says so. With
 *  unequal groups that alone moves the value away from 1.
 *  Throws RangeError for fewer than two groups or a count that cannot be. Source: NIST IR 8429 draft.
 *  @example highestToGeometricMean([{ count: 9, total: 10 }, { count: 1, total: 10 }])  // { value: 3, smoothed: false } */
export function highestToGeometricMean(groups: readonly Proportion[]): {
  readonly value: number
  readonly smoothed: boolean
} {
  requireGroups('highestToGeometricMean', groups)
  const smoothed = groups.some(({ count }) => count === 0)
  const rates = groups.map(({ count, total }) => (smoothed ? (count + 0.5) / (total + 1) : count / total))
  const highest = Math.max(...rates)
  // logarithms of quotients and not of rates: they are 0 where all rates are equal, so that the value is exactly 1
  const fall = rates.reduce((sum, rate) => sum + Math.log(highest / rate), 0)
  return { value: Math.exp(fall / rates.length), smoothed }
}
