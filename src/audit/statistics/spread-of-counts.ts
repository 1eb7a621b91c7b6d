const TINY = 1e-250 // a product of rates is put aside here, before it can underflow

/** Measures of how far apart the rates of several groups lie, in the order in which they are written. */
export const SPREAD_MEASURES = [
  'gap',
  'highestToLowestRatio',
  'highestToGeometricMean',
  'gini',
  'doubleCorrectedVariance',
  'chiSquared',
] as const
export type SpreadMeasure = (typeof SPREAD_MEASURES)[number]

/** Writes the six measures of one set of counts into the first six places of `into`. */
export type Spread = (counts: ArrayLike<number>, into: Float64Array) => void

/** Prepares all measures of spread at once, for many sets of counts of the same groups with the same sum: the inner loop of
 *  parityNull, which allocates nothing. Values as of rateGap and its siblings, and Pearson's chi-squared of equal rates.
 *  A ratio whose lowest rate is 0 is Infinity. `flagged` is the sum of the counts: at least one image, and not all of them.
 *  Inputs are trusted; at least two groups must have two images. Cost: about 50 ns per group, most of it for their order.
 *  @example spreadOfCounts([10, 10], 10)([9, 1], into)  // into: 0.8, 9, 3, 0.4, 0.31, 12.8 */
export function spreadOfCounts(totals: readonly number[], flagged: number): Spread {
  const groups = totals.length
  const images = totals.reduce((sum, total) => sum + total, 0)
  const common = flagged / images
  const kept = totals.filter((total) => total > 1).length
  const rates = new Float64Array(groups)
  return (counts, into) => {
    let [lowest, highest, sum, logs, product] = [1, 0, 0, 0, 1]
    let [distance, squared, noise, weighted] = [0, 0, 0, 0] // from the common rate, near which the mean of the rates lies
    for (let g = 0; g < groups; g++) {
      const rate = counts[g] / totals[g]
      rates[g] = rate
      sum += rate
      if (rate < lowest) lowest = rate
      if (rate > highest) highest = rate
      product *= rate
      if (product < TINY) {
        logs += Math.log(product)
        product = 1
      }
      const apart = (counts[g] * images - flagged * totals[g]) / (images * totals[g]) // whole numbers cancel without rounding
      weighted += apart * apart * totals[g]
      if (totals[g] === 1) continue
      distance += apart
      squared += apart * apart
      noise += (rate * (1 - rate)) / (totals[g] - 1)
    }
    into[0] = highest - lowest
    into[1] = highest / lowest // the highest rate is above 0, so that this is Infinity where the lowest is 0
    into[2] = lowest === 0 ? smoothed(counts, totals) : highest * Math.exp(-(logs + Math.log(product)) / groups)
    into[3] = spreadInOrder(rates) / (groups * sum)
    into[4] = (squared - (distance * distance) / kept) / (kept - 1) - noise / kept
    into[5] = weighted / (common * (1 - common))
  }
}

/** Highest rate over the geometric mean, with half an image added to both sides of every group. */
function smoothed(counts: ArrayLike<number>, totals: readonly number[]): number {
  let [highest, logs, product] = [0, 0, 1]
  for (let g = 0; g < totals.length; g++) {
    const rate = (counts[g] + 0.5) / (totals[g] + 1)
    if (rate > highest) highest = rate
    product *= rate
    if (product < TINY) {
      logs += Math.log(product)
      product = 1
    }
  }
  return highest * Math.exp(-(logs + Math.log(product)) / totals.length)
}

/** Sum of the differences of all pairs of rates. Sorts the rates in place. */
function spreadInOrder(rates: Float64Array): number {
  rates.sort()
  let spread = 0
  for (let place = 0; place < rates.length; place++) spread += (2 * place + 1 - rates.length) * rates[place]
  return spread
}
