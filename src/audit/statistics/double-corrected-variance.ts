import type { Proportion } from './proportion.js'
import { requireGroups } from './require-groups.js'

/** How much the true rates of several groups vary: the variance of the rates seen, less what sampling alone adds to it.
 *  `naive` is the variance between the rates, `noise` the mean of their own sampling variances, `corrected` the first less the
 *  second: right on average, and below 0 more often than not where the true rates are equal. `standardDeviation` is its root, 0
 *  where it is negative. Groups of one image say nothing of their noise and are left out.
 *  Throws RangeError for fewer than two groups of at least two images, or a count that cannot be.
 *  Source: Lum, Zhang & Bower 2022 (arXiv 2205.05770).
 *  @example doubleCorrectedVariance([{ count: 5, total: 10 }, { count: 1, total: 10 }]).corrected  // 0.0611 */
export function doubleCorrectedVariance(groups: readonly Proportion[]): {
  readonly naive: number
  readonly noise: number
  readonly corrected: number
  readonly standardDeviation: number
} {
  const kept = groups.filter(({ total }) => total !== 1)
  requireGroups('doubleCorrectedVariance', kept)
  const rates = kept.map(({ count, total }) => count / total)
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / kept.length
  const naive = rates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / (kept.length - 1)
  const noises = kept.map(({ count, total }) => (count * (total - count)) / total ** 2 / (total - 1))
  const noise = noises.reduce((sum, part) => sum + part, 0) / kept.length
  const corrected = naive - noise
  return { naive, noise, corrected, standardDeviation: Math.sqrt(Math.max(0, corrected)) }
}
