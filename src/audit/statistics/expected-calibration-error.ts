/** Images whose probability lies in one bin: how many, how many of them are right, and the sum of their probabilities. */
export type ReliabilityBin = { readonly images: number; readonly right: number; readonly probability: number }

/** Expected calibration error: how far, bin by bin and weighted by images, the mean probability is from the share that is right.
 *  Biased upward for few images: print what chance alone gives beside it. Empty bins count for nothing.
 *  Throws RangeError without images, and for a bin with more right than images.
 *  Source: Guo et al. 2017, equation 3; Naeini, Cooper & Hauskrecht 2015.
 *  @example expectedCalibrationError([{ images: 2, right: 1, probability: 1.6 }])  // 0.3 */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): number {
  let [distance, all] = [0, 0]
  for (const { images, right, probability } of bins) {
    if (!(right >= 0 && right <= images))
      throw new RangeError(`expectedCalibrationError expected from 0 to ${images} right but received ${right}`)
    // n_b / n * |right / n_b - probability / n_b|, without dividing by n_b
    distance += Math.abs(right - probability)
    all += images
  }
  if (all === 0) throw new RangeError('expectedCalibrationError expected at least one image but received none')
  return distance / all
}
