import type { Proportion } from './proportion.js'

/** A score statistic and the skewness of its distribution at the hypothesis. */
export type ScoreStatistic = { readonly score: number; readonly skewness: number }

/** Miettinen-Nurminen score statistic of a hypothetical difference of two rates (group minus reference, -1 to 1).
 *  Decreases as the hypothesis grows. `skewness` is the gamma of Gart & Nam, 0 where the variance is 0. Inputs are trusted:
 *  the exported intervals and tests check them.
 *  Source: Miettinen & Nurminen 1985; Gart & Nam 1990; Laud 2017 (R package ratesci).
 *  @example scoreStatisticDifference({ count: 24, total: 118 }, { count: 430, total: 10836 }, 0.01).score  // 7.5537 */
export function scoreStatisticDifference(group: Proportion, reference: Proportion, difference: number): ScoreStatistic {
  if (difference < 0) {
    // the other way round, so that the rate solved for is the smaller one and keeps its digits near 0
    const mirrored = scoreStatisticDifference(reference, group, -difference)
    return { score: 0 - mirrored.score, skewness: 0 - mirrored.skewness }
  }
  const total = group.total + reference.total
  const referenceRate = constrainedReferenceRate(group, reference, difference)
  const groupRate = Math.min(1, referenceRate + difference)
  const groupRateLeft = Math.max(0, 1 - difference - referenceRate) // 1 - groupRate, exact also near 0
  const groupVariance = (groupRate * groupRateLeft) / group.total
  const referenceVariance = (referenceRate * (1 - referenceRate)) / reference.total
  const variance = ((groupVariance + referenceVariance) * total) / (total - 1)
  const distance = group.count / group.total - reference.count / reference.total - difference
  if (variance === 0) return { score: distance === 0 ? 0 : distance * Infinity, skewness: 0 }
  const thirdMoment =
    (groupVariance * (1 - 2 * groupRate)) / group.total -
    (referenceVariance * (1 - 2 * referenceRate)) / reference.total
  return { score: distance / Math.sqrt(variance), skewness: thirdMoment / (6 * variance * Math.sqrt(variance)) }
}

/** Maximum likelihood rate of the reference when the group's rate is that rate plus `difference` (0 to 1): a root of a
 *  cubic, in the cosine form of Miettinen & Nurminen. */
function constrainedReferenceRate(group: Proportion, reference: Proportion, difference: number): number {
  const total = group.total + reference.total
  const count = group.count + reference.count
  const highest = 1 - difference
  if (count === 0) return 0 // the likelihood only falls; the cubic has a double root at 0 and loses half its digits
  if (count === total) return highest
  const l3 = total
  const l2 = (group.total + 2 * reference.total) * difference - total - count
  const l1 = (reference.total * difference - total - 2 * reference.count) * difference + count
  const l0 = reference.count * difference * (1 - difference)
  const third = l2 / (3 * l3)
  const q = third ** 3 - (l1 * l2) / (6 * l3 * l3) + l0 / (2 * l3)
  const b = (q < 0 ? -1 : 1) * Math.sqrt(Math.max(0, third * third - l1 / (3 * l3)))
  const cosine = b === 0 ? 1 : Math.min(1, Math.max(-1, q / b ** 3))
  const root = 2 * b * Math.cos((Math.PI + Math.acos(cosine)) / 3) - third
  return polished(group, reference, difference, Math.min(highest, Math.max(0, root)))
}

const MOST_POLISHING_STEPS = 8 // one or two as a rule, more only beside a double root

/** The cosine form is accurate to 1e-16 of one, not of the root. Newton steps on the slope of the log-likelihood, times all
 *  four rates so that it stays finite, give small roots all their digits. */
function polished(group: Proportion, reference: Proportion, difference: number, root: number): number {
  const groupLeft = group.total - group.count
  const referenceLeft = reference.total - reference.count
  let best = root
  let least = Infinity
  let next = root
  for (let step = 0; step <= MOST_POLISHING_STEPS && next >= 0 && next <= 1 - difference; step++) {
    const [p1, q1] = [next + difference, 1 - difference - next]
    const [p2, q2] = [next, 1 - next]
    const groupPull = group.count * q1 - groupLeft * p1
    const referencePull = reference.count * q2 - referenceLeft * p2
    const residual = p2 * q2 * groupPull + p1 * q1 * referencePull
    if (!(Math.abs(residual) < least)) break
    best = next
    least = Math.abs(residual)
    const slope = (q2 - p2) * groupPull - group.total * p2 * q2 + (q1 - p1) * referencePull - reference.total * p1 * q1
    next = best - residual / slope // no number, and so the end, where the slope is 0
  }
  return best
}
