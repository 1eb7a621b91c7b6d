import { normalQuantile } from './normal-quantile.js'
import { normalUpperTail } from './normal-upper-tail.js'
import type { Interval } from './proportion.js'
import { quantile } from './quantile.js'
import { requireLevel } from './require-level.js'
import { sortedReplicates } from './sorted-replicates.js'

const TIE_TOLERANCE = 1e-12 // replicates that equal the observed value up to rounding count half on each side

/** Bias-corrected and accelerated bootstrap interval: percentiles moved for how far the replicates lie to one side of the
 *  `observed` value, and for how their spread changes with it (`acceleration`, from bootstrapAcceleration).
 *  Throws RangeError, with the word degenerate, where no such percentile exists: all replicates are equal, all lie on one side of the
 *  observed value, or the acceleration is too large for the level (reason `degenerate-bootstrap`). Also for replicates that are no
 *  numbers and unless 0 < alpha < 1. Source: Efron 1987; Efron & Tibshirani 1993, section 14.3.
 *  @example bcaInterval({ replicates, observed: 0.6, acceleration: -0.05 })  // { low: 0.2, high: 0.9 } */
export function bcaInterval(of: {
  readonly replicates: ArrayLike<number>
  readonly observed: number
  readonly acceleration: number
  readonly alpha?: number
}): Interval {
  const { replicates, observed, acceleration, alpha = 0.05 } = of
  requireLevel('bcaInterval', alpha)
  const ascending = sortedReplicates('bcaInterval', replicates)
  const share = shareBelow(ascending, observed)
  if (!(share > 0 && share < 1) || ascending[0] === ascending[ascending.length - 1]) {
    throw new RangeError(
      'bcaInterval expected replicates on both sides of the observed value but received degenerate ones',
    )
  }
  const shift = -normalQuantile(share)
  const levelOf = (z: number) => {
    const moved = shift + z
    const slowing = 1 - acceleration * moved
    if (!(slowing > 0))
      throw new RangeError(`bcaInterval expected less acceleration: ${acceleration} is degenerate here`)
    return normalUpperTail(-(shift + moved / slowing))
  }
  const z = normalQuantile(alpha / 2)
  return { low: quantile(ascending, levelOf(-z)), high: quantile(ascending, levelOf(z)) }
}

function shareBelow(ascending: Float64Array, observed: number): number {
  const tolerance = TIE_TOLERANCE * Math.max(Math.abs(ascending[0]), Math.abs(ascending[ascending.length - 1]))
  const twice = ascending.reduce((sum, value) => {
    if (Math.abs(value - observed) <= tolerance) return sum + 1
    return value < observed ? sum + 2 : sum
  }, 0)
  return twice / 2 / ascending.length
}
