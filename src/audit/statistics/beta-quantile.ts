import betaincinv from '@stdlib/math-base-special-betaincinv'
import { requireLevel } from './require-level.js'

/** Quantile of a Beta distribution: the value below which it lies with probability `level`. `shapes` are its two parameters, the
 *  first for successes. Agrees with 40-digit arithmetic to 1e-11; a value too small for a double is 0.
 *  Throws RangeError unless 0 < level < 1 and both shapes are above 0.
 *  @example betaQuantile(0.975, [1.49, 15.55])  // 0.255 */
export function betaQuantile(level: number, shapes: readonly [successes: number, failures: number]): number {
  requireLevel('betaQuantile', level)
  const wrong = shapes.find((shape) => !(shape > 0 && shape < Infinity))
  if (wrong !== undefined) throw new RangeError(`betaQuantile expected shapes above 0 but received ${wrong}`)
  return betaincinv(level, shapes[0], shapes[1])
}
