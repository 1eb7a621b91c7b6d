import type { Margin } from '../types/definitions.js'
import { marginHypotheses } from './margin-hypotheses.js'

/** The rate of a group at which a disparity begins, and how fast that rate moves with the reference rate. */
export type RateMargin = { readonly rate: number; readonly slope: number }

/** Lower and upper margin of a reference rate: the group's rates at which both parts of the practical margin are passed.
 *  Below a reference rate of difference / (ratio - 1) the difference decides, above it the ratio. Not clamped: a lower rate
 *  below 0 or an upper rate above 1 says that no disparity of that direction is possible.
 *  `share` is 0, or the group's part of everyone where the margin is declared against everyone (see marginHypotheses);
 *  the reference rate is that of the rest in both cases. Throws RangeError unless 0 <= referenceRate <= 1 and as there.
 *  @example margins({ referenceRate: 0.1, margin: { difference: 0.01, ratio: 1.25 } })  // lower rate 0.08, upper 0.125 */
export function margins(of: { readonly referenceRate: number; readonly margin: Margin; readonly share?: number }): {
  readonly lower: RateMargin
  readonly upper: RateMargin
} {
  const { referenceRate, margin, share = 0 } = of
  if (!(referenceRate >= 0 && referenceRate <= 1)) {
    throw new RangeError(`margins expected a reference rate from 0 to 1 but received ${referenceRate}`)
  }
  const { difference, ratioAbove, ratioBelow } = marginHypotheses(margin, share)
  // Infinity at any reference rate, 0 included, where no ratio is high enough (0 x Infinity is no number)
  const upperByRatio = ratioAbove === Infinity ? Infinity : ratioAbove * referenceRate
  const lowerByRatio = ratioBelow * referenceRate
  return {
    lower:
      referenceRate - difference <= lowerByRatio
        ? { rate: referenceRate - difference, slope: 1 }
        : { rate: lowerByRatio, slope: ratioBelow },
    upper:
      referenceRate + difference >= upperByRatio
        ? { rate: referenceRate + difference, slope: 1 }
        : { rate: upperByRatio, slope: ratioAbove },
  }
}
