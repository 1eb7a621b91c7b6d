import { firstAbove } from './first-above.js'

/** Cumulative probabilities of a Poisson count with mean 1; beyond 20 less than 2^-64 is left. */
const CUMULATIVE = cumulative(20)

/** How often an image is drawn in one bootstrap sample: a Poisson count of mean 1, from one uniform. Weights drawn so are independent of each other,
 *  so that a sample can be drawn image by image, for all groups at once, without knowing how many images there are.
 *  Source: Hanley & MacGibbon 2006; Chamandy et al. 2012.
 *  @example poissonWeight(0.9)  // 2 */
export function poissonWeight(uniform: number): number {
  return firstAbove(CUMULATIVE, uniform)
}

function cumulative(most: number): Float64Array {
  let [chance, sum] = [Math.exp(-1), 0]
  return new Float64Array(most + 1).map((_, count) => {
    if (count > 0) chance /= count
    sum += chance
    return sum
  })
}
