import erfc from '@stdlib/math-base-special-erfc'

/** Probability that a standard normal exceeds `z`; the lower tail is `normalUpperTail(-z)`.
 *  By erfc and not as one minus the lower part, which would lose every digit beyond z = 8. z may be infinite.
 *  Throws RangeError if z is not a number.
 *  @example normalUpperTail(1.959963984540054)  // 0.025 */
export function normalUpperTail(z: number): number {
  if (Number.isNaN(z)) throw new RangeError('normalUpperTail expected a number but received NaN')
  return erfc(z / Math.SQRT2) / 2
}
