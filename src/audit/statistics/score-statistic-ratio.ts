import type { Proportion } from './proportion.js'
import type { ScoreStatistic } from './score-statistic-difference.js'

/** Miettinen-Nurminen score statistic of a hypothetical ratio of two rates (group over reference, above 0).
 *  Decreases as the hypothesis grows. `skewness` is the gamma of Gart & Nam, 0 where the variance is 0. Inputs are trusted:
 *  the exported intervals and tests check them.
 *  Source: Miettinen & Nurminen 1985; Gart & Nam 1988; Laud 2017 (R package ratesci).
 *  @example scoreStatisticRatio({ count: 24, total: 118 }, { count: 430, total: 10836 }, 1.25).score  // 7.4936 */
export function scoreStatisticRatio(group: Proportion, reference: Proportion, ratio: number): ScoreStatistic {
  const total = group.total + reference.total
  const referenceRate = constrainedReferenceRate(group, reference, ratio)
  const groupRate = Math.min(1, ratio * referenceRate)
  const groupVariance = (groupRate * (1 - groupRate)) / group.total
  const referenceVariance = (ratio * ratio * referenceRate * (1 - referenceRate)) / reference.total
  const variance = ((groupVariance + referenceVariance) * total) / (total - 1)
  const distance = group.count / group.total - (ratio * reference.count) / reference.total
  if (variance === 0) return { score: distance === 0 ? 0 : distance * Infinity, skewness: 0 }
  const thirdMoment =
    (groupVariance * (1 - 2 * groupRate)) / group.total -
    (ratio * referenceVariance * (1 - 2 * referenceRate)) / reference.total
  return { score: distance / Math.sqrt(variance), skewness: thirdMoment / (6 * variance * Math.sqrt(variance)) }
}

/** Maximum likelihood rate of the reference when the group's rate is `ratio` times that rate: the smaller root of a
 *  quadratic, as a quotient because the textbook form cancels for large ratios. */
function constrainedReferenceRate(group: Proportion, reference: Proportion, ratio: number): number {
  const count = group.count + reference.count
  const groupPart = ratio * (group.total + reference.count)
  const referencePart = reference.total + group.count
  const notCounted = ratio * (group.total - group.count) * (reference.total - reference.count)
  // the discriminant B^2 - 4NRK as a sum of positive terms
  const root = Math.hypot(groupPart - referencePart, 2 * Math.sqrt(notCounted))
  return Math.min(1, 1 / ratio, (2 * count) / (groupPart + referencePart + root))
}
