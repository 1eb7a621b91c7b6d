import { requireProportion } from './proportion.js'
import type { Proportion } from './proportion.js'

const TIE_TOLERANCE = 1e-7 // tables this close in probability count as ties, as in R and scipy

/** p-values of Fisher's exact test of equal rates. `less` and `greater`: the group's rate is lower, higher. */
export type FisherExact = {
  readonly twoSided: number
  readonly less: number
  readonly greater: number
  /** The two-sided p less half the probability of the table seen. */
  readonly midP: number
}

/** Fisher's exact test of equal rates in two groups, given the number counted in both together.
 *  Two-sided: all tables no more probable than the one seen. If nobody or everybody is counted, every p is 1 (reason
 *  `zero-margin`). Cost: linear in the smaller margin.
 *  Throws RangeError unless 0 <= count <= total and total > 0 on both sides. Source: Fisher 1935; R fisher.test, scipy.
 *  @example fisherExact({ count: 9, total: 10 }, { count: 3, total: 10 }).twoSided  // 0.0198 */
export function fisherExact(group: Proportion, reference: Proportion): FisherExact {
  requireProportion('fisherExact', group)
  requireProportion('fisherExact', reference)
  const count = group.count + reference.count
  if (count === 0 || count === group.total + reference.total) return { twoSided: 1, less: 1, greater: 1, midP: 1 }
  const lowest = Math.max(0, count - reference.total)
  const weights = hypergeometricWeights(group.total, reference.total, count)
  const seen = group.count - lowest
  const seenWeight = weights[seen]
  const all = sum(weights)
  const twoSided = Math.min(1, sumUpTo(weights, seenWeight * (1 + TIE_TOLERANCE)) / all)
  return {
    twoSided,
    less: Math.min(1, sum(weights.subarray(0, seen + 1)) / all),
    greater: Math.min(1, sum(weights.subarray(seen)) / all),
    midP: twoSided - seenWeight / all / 2,
  }
}

/** Probabilities of every possible group count, up to one common factor: 1 at the most probable count, then by ratios of
 *  neighbours. Log-gamma would lose 1e-11 at 10,000 images; these products lose 1e-13. */
function hypergeometricWeights(groupTotal: number, referenceTotal: number, count: number): Float64Array {
  const lowest = Math.max(0, count - referenceTotal)
  const highest = Math.min(count, groupTotal)
  const mode = Math.floor(((count + 1) * (groupTotal + 1)) / (groupTotal + referenceTotal + 2))
  const weights = new Float64Array(highest - lowest + 1)
  weights[mode - lowest] = 1
  for (let k = mode; k < highest; k++) {
    const ratio = ((groupTotal - k) * (count - k)) / ((k + 1) * (referenceTotal - count + k + 1))
    weights[k + 1 - lowest] = weights[k - lowest] * ratio
  }
  for (let k = mode; k > lowest; k--) {
    const ratio = (k * (referenceTotal - count + k)) / ((groupTotal - k + 1) * (count - k + 1))
    weights[k - 1 - lowest] = weights[k - lowest] * ratio
  }
  return weights
}

function sum(weights: Float64Array): number {
  return sumUpTo(weights, Infinity)
}

/** The sum of the weights that are at most `largest`. A plain loop: there can be thousands, for every contrast of an audit. */
function sumUpTo(weights: Float64Array, largest: number): number {
  let total = 0
  for (const weight of weights) if (weight <= largest) total += weight
  return total
}
