import { betaBinomialLikelihood } from './beta-binomial-likelihood.js'
import type { BetaBinomialLikelihood } from './beta-binomial-likelihood.js'
import { betaQuantile } from './beta-quantile.js'
import { findRoot } from './find-root.js'
import type { Interval, Proportion } from './proportion.js'
import { requireGroups } from './require-groups.js'
import { requireLevel } from './require-level.js'

const FEWEST_GROUPS = 5 // below this the spread of the true rates cannot be told from two or three numbers
const [WEAKEST, STRONGEST] = [0.1, 1e6] // images; at the upper end no group moves the common mean
const STEPS = 16 // parts of that range in which a maximum is looked for: about one natural logarithm each
const NEAREST = 1e-15 // to a mean of 0 or 1, where slopes are infinite

/** A rate drawn towards the common mean of all groups. The interval is conditional: it takes mean and strength as known. */
export type ShrunkenRate = { readonly value: number; readonly interval: Interval }

/** Steadier rates for small groups: each is drawn towards the mean of all, the more the fewer images it has (empirical Bayes).
 *  `mean` and `strength` (in images, 0.1 to 1e6) of the Beta distribution of true rates are those under which the counts are most likely.
 *  `complete`: the rates differ by no more than chance, strength is at its upper end, and every value is the mean.
 *  For display; no verdict rests on it. Cost: linear in the largest total; about 4 ms for 126 groups of 90 images.
 *  Throws RangeError for fewer than five groups, where nobody or everybody is counted (reason `no-variation`; ask first), for a count
 *  that cannot be, and unless 0 < alpha < 1. Source: Robbins 1956; beta-binomial, Skellam 1948.
 *  @example betaBinomialShrinkage(groups).groups[0]  // 0 of 4 beside seven races: { value: 0.0850, interval: { low: 0.0063, high: 0.250 } } */
export function betaBinomialShrinkage(
  groups: readonly Proportion[],
  alpha = 0.05,
): {
  readonly mean: number
  readonly strength: number
  readonly complete: boolean
  readonly groups: ShrunkenRate[]
} {
  requireGroups('betaBinomialShrinkage', groups, FEWEST_GROUPS)
  requireLevel('betaBinomialShrinkage', alpha)
  if (groups.every(({ count }) => count === 0) || groups.every(({ count, total }) => count === total)) {
    throw new RangeError('betaBinomialShrinkage expected somebody counted and somebody not but received no variation')
  }
  const { mean, strength } = mostLikely(betaBinomialLikelihood(groups))
  const shrunken = groups.map(({ count, total }) => {
    const shapes = [count + mean * strength, total - count + (1 - mean) * strength] as const
    const interval = { low: betaQuantile(alpha / 2, shapes), high: betaQuantile(1 - alpha / 2, shapes) }
    return { value: shapes[0] / (total + strength), interval }
  })
  return { mean, strength, complete: strength === STRONGEST, groups: shrunken }
}

type Model = { readonly mean: number; readonly strength: number }

/** The whole range of strengths is searched, since there may be two maxima: rates of a few small groups far from the rest are either
 *  chance or a wide spread. */
function mostLikely(likelihood: BetaBinomialLikelihood): Model {
  const slopeAt = (logarithm: number) => {
    const { mean, strength } = withBestMean(likelihood, Math.exp(logarithm))
    return likelihood.slopeByStrength(mean, strength)
  }
  const [weakest, strongest] = [Math.log(WEAKEST), Math.log(STRONGEST)]
  const marks = Array.from({ length: STEPS + 1 }, (_, i) => weakest + (i / STEPS) * (strongest - weakest))
  const slopes = marks.map(slopeAt)
  const peaks = marks
    .slice(1)
    .flatMap((end, i) => (slopes[i] > 0 && slopes[i + 1] <= 0 ? [Math.exp(findRoot(slopeAt, marks[i], end))] : []))
  if (slopes[0] < 0) peaks.push(WEAKEST)
  if (slopes[STEPS] >= 0) peaks.push(STRONGEST) // also where the strength makes no difference: groups of one image
  const models = peaks.map((strength) => withBestMean(likelihood, strength))
  const valueOf = ({ mean, strength }: Model) => likelihood.value(mean, strength)
  return models.reduce((best, model) => (valueOf(model) > valueOf(best) ? model : best))
}

/** Given the strength there is one best mean: the likelihood is concave in it. */
function withBestMean({ slopeByMean }: BetaBinomialLikelihood, strength: number): Model {
  return { mean: findRoot((mean) => slopeByMean(mean, strength), NEAREST, 1 - NEAREST), strength }
}
