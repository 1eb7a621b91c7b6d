import { chiSquaredUpperTail } from './chi-squared-upper-tail.js'
import type { FlowMatrix } from './flow-matrix.js'
import { marginalHomogeneity } from './marginal-homogeneity.js'

/** Stuart-Maxwell test of marginal homogeneity: did the whole distribution over categories stay the same between two runs on
 *  the same images? `flow[i][j]` counts images of category i in the first run and j in the second. With two categories it is
 *  McNemar's chi-squared. Categories that no image left or entered are dropped and listed.
 *  Throws RangeError unless the matrix is square with whole counts from 0, if no image changed its category, and if the
 *  categories fall into sets without flow between them (the covariance is singular; then permute).
 *  Source: Stuart 1955; Maxwell 1970.
 *  @example stuartMaxwell([[20, 10, 5], [3, 30, 15], [0, 5, 40]])  // { statistic: 13.765, degreesOfFreedom: 2, p: 0.00103, droppedCategories: [] } */
export function stuartMaxwell(flow: FlowMatrix): {
  readonly statistic: number
  readonly degreesOfFreedom: number
  readonly p: number
  readonly droppedCategories: number[]
} {
  const { differences, statisticOf, degreesOfFreedom, sets, droppedCategories } = marginalHomogeneity(
    'stuartMaxwell',
    flow,
  )
  if (sets > 1) {
    throw new RangeError(
      `stuartMaxwell expected flow that links all categories but received ${sets} sets without flow between them; ` +
        'use stuartMaxwellPermutation',
    )
  }
  const statistic = statisticOf(differences)
  return { statistic, degreesOfFreedom, p: chiSquaredUpperTail(statistic, degreesOfFreedom), droppedCategories }
}
