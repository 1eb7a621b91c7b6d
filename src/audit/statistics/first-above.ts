/** The first place in an ascending table whose entry exceeds `value`: a draw from the distribution with these cumulative
 *  probabilities, if `value` is uniform. The last place if none does. Cost: logarithmic.
 *  @example firstAbove(Float64Array.of(0.25, 0.75, 1), 0.3)  // 1 */
export function firstAbove(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length - 1]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ascending[middle] > value) high = middle
    else low = middle + 1
  }
  return low
}
