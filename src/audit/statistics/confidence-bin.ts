/** The bin of a probability among `bins` of equal width: (low, high], and 0 belongs to the first. An edge is b / bins as a float, so that
 *  0.7 lies in the seventh of ten bins.
 *  Throws RangeError unless the probability is from 0 to 1 and `bins` a whole number from 1. Source: Guo et al. 2017, section 3.
 *  @example confidenceBin(0.7, 10)  // 6 */
export function confidenceBin(probability: number, bins: number): number {
  if (!(probability >= 0 && probability <= 1))
    throw new RangeError(`confidenceBin expected a probability from 0 to 1 but received ${probability}`)
  if (!Number.isSafeInteger(bins) || bins < 1)
    throw new RangeError(`confidenceBin expected a whole number of bins from 1 but received ${bins}`)
  let bin = Math.min(bins - 1, Math.max(0, Math.ceil(probability * bins) - 1))
  // the product may round across an edge
  if (bin > 0 && probability <= bin / bins) bin--
  else if (bin < bins - 1 && probability > (bin + 1) / bins) bin++
  return bin
}
