import type { Proportion } from './proportion.js'

/** Log-likelihood of a beta-binomial model: every group's true rate is drawn from one Beta distribution, of this mean and with the
 *  spread of a rate seen in `strength` images. Its slopes are by the logit of the mean and by the logarithm of the strength.
 *  Mean above 0 and below 1, strength above 0. */
export type BetaBinomialLikelihood = Readonly<
  Record<'value' | 'slopeByMean' | 'slopeByStrength', (mean: number, strength: number) => number>
>

/** Prepares the log-likelihood of the groups' counts, without binomial coefficients, which depend on neither mean nor strength.
 *  Beta functions of counts are products, B(k + a, n - k + b) / B(a, b) = a (a + 1) ... (a + k - 1) b (b + 1) ... / ((a + b) ...), so
 *  their logarithms are sums of one term for each number of images, weighted by how many groups have more. With every factor
 *  divided by the strength no digits are lost however strong the prior; differences of log-gamma would lose ten.
 *  Inputs are trusted. Cost of a call: linear in the largest total.
 *  @example betaBinomialLikelihood([{ count: 1, total: 2 }]).value(0.5, 1)  // -2.079, the logarithm of an eighth */
export function betaBinomialLikelihood(groups: readonly Proportion[]): BetaBinomialLikelihood {
  const flagged = groupsWithMore(groups.map(({ count }) => count))
  const unflagged = groupsWithMore(groups.map(({ count, total }) => total - count))
  const all = groupsWithMore(groups.map(({ total }) => total))
  return {
    value: (mean, strength) =>
      logSum(flagged, mean, strength) + logSum(unflagged, 1 - mean, strength) - logSum(all, 1, strength),
    slopeByMean: (mean, strength) =>
      mean * (1 - mean) * (inverseSum(flagged, mean, strength) - inverseSum(unflagged, 1 - mean, strength)),
    slopeByStrength: (mean, strength) =>
      shareSum(all, 1, strength) - shareSum(flagged, mean, strength) - shareSum(unflagged, 1 - mean, strength),
  }
}

/** Entry i: how many of the numbers are above i, up to the largest number. */
function groupsWithMore(numbers: readonly number[]): Float64Array {
  const groups = new Float64Array(Math.max(...numbers))
  for (const images of numbers) if (images > 0) groups[images - 1]++
  for (let i = groups.length - 2; i >= 0; i--) groups[i] += groups[i + 1]
  return groups
}

/** Sum of weight times the logarithm of start + i / strength. */
function logSum(weights: Float64Array, start: number, strength: number): number {
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += weights[i] * Math.log(start + i / strength)
  return sum
}

/** Its slope by `start`. */
function inverseSum(weights: Float64Array, start: number, strength: number): number {
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += weights[i] / (start + i / strength)
  return sum
}

/** Its slope by the logarithm of the strength, with the sign turned. */
function shareSum(weights: Float64Array, start: number, strength: number): number {
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += (weights[i] * i) / (start * strength + i)
  return sum
}
