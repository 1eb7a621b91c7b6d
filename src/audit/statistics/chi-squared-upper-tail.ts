import gammainc from '@stdlib/math-base-special-gammainc'

/** Probability that a chi-squared variable exceeds `statistic`: the p-value of Pearson's test and its kin.
 *  By the upper regularised incomplete gamma function and not as one minus the lower part, so that far tails keep their digits.
 *  Throws RangeError unless statistic >= 0 and degreesOfFreedom is a whole number of at least 1.
 *  Source: Abramowitz & Stegun 1964, 26.4.19.
 *  @example chiSquaredUpperTail(3.841458820694124, 1)  // 0.05 */
export function chiSquaredUpperTail(statistic: number, degreesOfFreedom: number): number {
  if (!(statistic >= 0)) {
    throw new RangeError(`chiSquaredUpperTail expected a statistic of at least 0 but received ${statistic}`)
  }
  if (!Number.isSafeInteger(degreesOfFreedom) || degreesOfFreedom < 1) {
    throw new RangeError(
      `chiSquaredUpperTail expected at least one whole degree of freedom but received ${degreesOfFreedom}`,
    )
  }
  return statistic === Infinity ? 0 : gammainc(statistic / 2, degreesOfFreedom / 2, true, true)
}
