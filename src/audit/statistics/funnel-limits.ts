import { normalQuantile } from './normal-quantile.js'
import type { Interval } from './proportion.js'
import { requireLevel } from './require-level.js'

/** Limits between which the rate of `images` images would lie in about 1 - alpha of samples if its true rate were `rate`: a funnel
 *  when drawn against the number of images. A rate lies outside exactly when its Wilson interval at the same level leaves `rate` out,
 *  because both invert the same score test. Cut at 0 and 1. Approximate below about five expected images in or out.
 *  Throws RangeError unless 0 <= rate <= 1 and images is a whole number above 0.
 *  Source: Spiegelhalter 2005, Funnel plots for comparing institutional performance, section A.1.1.
 *  @example funnelLimits(0.1, 100)  // { low: 0.041, high: 0.159 } */
export function funnelLimits(rate: number, images: number, alpha = 0.05): Interval {
  requireLevel('funnelLimits', alpha)
  if (!(rate >= 0 && rate <= 1)) {
    throw new RangeError(`funnelLimits expected a rate from 0 to 1 but received ${rate}`)
  }
  if (!Number.isInteger(images) || images < 1) {
    throw new RangeError(`funnelLimits expected a whole number of images above 0 but received ${images}`)
  }
  const reach = normalQuantile(alpha / 2) * Math.sqrt((rate * (1 - rate)) / images)
  return { low: Math.max(0, rate - reach), high: Math.min(1, rate + reach) }
}
