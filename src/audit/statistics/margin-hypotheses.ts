import type { Margin } from '../types/definitions.js'

/** The practical margin as hypotheses about a group against everyone else. */
export type MarginHypotheses = {
  /** Distance of the rates, up or down. */
  readonly difference: number
  /** Ratio at which "higher" begins; Infinity where no ratio is high enough. */
  readonly ratioAbove: number
  /** Ratio at which "lower" begins. */
  readonly ratioBelow: number
}

/** The practical margin, said of a group against the rest of the images.
 *  With `share` 0 it is the margin itself. Where the margin was declared against everyone, the group included, `share` is the
 *  group's part of everyone: a difference of d from everyone is one of d / (1 - share) from the rest.
 *  Throws RangeError unless difference > 0, ratio > 1 and 0 <= share < 1.
 *  @example marginHypotheses({ difference: 0.01, ratio: 1.25 }, 0.5)  // { difference: 0.02, ratioAbove: 1.667, ratioBelow: 0.667 } */
export function marginHypotheses({ difference, ratio }: Margin, share = 0): MarginHypotheses {
  if (!(difference > 0 && ratio > 1)) {
    throw new RangeError(
      `marginHypotheses expected a difference above 0 and a ratio above 1 but received ${difference} and ${ratio}`,
    )
  }
  if (!(share >= 0 && share < 1)) {
    throw new RangeError(`marginHypotheses expected a share from 0 to below 1 but received ${share}`)
  }
  return {
    difference: difference / (1 - share),
    ratioAbove: ratio * share < 1 ? (ratio * (1 - share)) / (1 - ratio * share) : Infinity,
    ratioBelow: (1 - share) / (ratio - share),
  }
}
