import { moverDifference, type EstimateWithInterval } from './mover-difference.js'
import { standardisedRate, type WeightedStratum } from './standardised-rate.js'

/** Difference of two directly standardised rates, group minus reference: what is left between them when both have the same mix of
 *  other attributes. Interval by square-and-add of the two intervals (MOVER, as Newcombe's of two plain rates), level 1 - alpha.
 *  Strata stand in the same order on both sides, with the same weights; the sides share no images.
 *  Two rates that lie too high cancel in part, so it covers what it says more often than they do. Simulated at 95 % with 14
 *  strata of 5 to 200 images on one side and 200 to 5 on the other: 92 % to 94 % at rates of 30 % to 50 %, more at lower rates.
 *  With 14 to 126 strata of 1 image against 10: 78 % to 99 %.
 *  Throws RangeError where standardisedRate does for either side, and unless the weights of both are the same.
 *  Source: Newcombe 1998a, method 10; Zou & Donner 2008.
 *  @example standardisedDifference([{ weight: 3, proportion: { count: 56, total: 70 } }], [{ weight: 3, proportion: { count: 48, total: 80 } }])  // { value: 0.2, interval: { low: 0.0524, high: 0.3339 } } */
export function standardisedDifference(
  group: readonly WeightedStratum[],
  reference: readonly WeightedStratum[],
  alpha = 0.05,
): EstimateWithInterval {
  const [weights, otherWeights] = [group, reference].map((strata) => strata.map(({ weight }) => weight).join(', '))
  if (weights !== otherWeights) {
    throw new RangeError(
      `standardisedDifference expected the same weights on both sides but received ${weights} and ${otherWeights}`,
    )
  }
  return moverDifference(standardisedRate(group, alpha), standardisedRate(reference, alpha))
}
