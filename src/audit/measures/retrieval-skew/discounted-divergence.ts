/** Normalised discounted Kullback-Leibler divergence (NDKL) of a ranking: how far the mix of values at every place of the top
 *  lies from the desired one, places further down counting less. 0 where they always agree; natural logarithm.
 *  `ranked`: codes of the values, first place first. `desired`: share of each code. `places`: how many places the weights are
 *  summed over, 1 / log2(place + 1) each; the length of `ranked`, unless a published variant says otherwise.
 *  A ranked code without a desired share makes it infinite: callers rank only values that occur. Needs at least one place.
 *  Cost: places x values. Source: Geyik, Ambler & Kenthapadi 2019, section 3.2.
 *  @example discountedDivergence([0, 0], [0.5, 0.5])  // 0.693 */
export function discountedDivergence(
  ranked: readonly number[],
  desired: readonly number[],
  places = ranked.length,
): number {
  const counts = desired.map(() => 0)
  let sum = 0
  ranked.forEach((code, index) => {
    counts[code]++
    sum += divergence(counts, index + 1, desired) * weight(index + 1)
  })
  let weights = 0
  for (let place = 1; place <= places; place++) weights += weight(place)
  return sum / weights
}

function weight(place: number): number {
  return 1 / Math.log2(place + 1)
}

/** Sum of p ln(p / q) with p = count / total; 0 ln 0 is 0. */
function divergence(counts: readonly number[], total: number, desired: readonly number[]): number {
  return counts.reduce((sum, count, code) => {
    const share = count / total
    return count === 0 ? sum : sum + share * Math.log(share / desired[code])
  }, 0)
}
