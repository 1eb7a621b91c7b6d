import type { Margin } from '../types/definitions.js'
import { margins } from './margins.js'
import type { RateMargin } from './margins.js'
import { normalQuantile } from './normal-quantile.js'
import { requireEffectiveProportion } from './proportion.js'
import type { Proportion } from './proportion.js'

const MISSED_SHARE = 0.2 // power of 80 %, as for the smallest detectable rate
const LARGEST_FACTOR = 100
const FACTOR_IF_BELOW_ONE = 1.1 // the formula says there are enough; the verdict says no: ask for a tenth more

/** Images of the group that would probably settle an inconclusive comparison, if both sides grow alike at the observed rates.
 *  A group beyond a margin: to confirm it. A group inside: to rule out both. Null where more than a hundredfold would be needed.
 *  Two-sided level `alpha`; for a family of m comparisons hand in alpha / m. `share` as in margins.
 *  Throws RangeError unless 0 <= count <= total and total > 0 on both sides, and as in margins.
 *  @example imagesNeeded({ group: { count: 147, total: 1209 }, reference: { count: 1210, total: 9745 }, alpha: 0.05 / 7, margin })  // { factor: 2.127, images: 2572 } */
export function imagesNeeded(of: {
  readonly group: Proportion
  readonly reference: Proportion
  readonly alpha: number
  readonly margin: Margin
  readonly share?: number
}): { readonly factor: number; readonly images: number } | null {
  const { group, reference, alpha, margin, share = 0 } = of
  requireEffectiveProportion('imagesNeeded', group)
  requireEffectiveProportion('imagesNeeded', reference)
  const rate = group.count / group.total
  const referenceRate = reference.count / reference.total
  const { lower, upper } = margins({ referenceRate, margin, share })
  const errorAt = (groupRate: number, slope: number) =>
    Math.sqrt(
      (groupRate * (1 - groupRate)) / group.total +
        (slope * slope * referenceRate * (1 - referenceRate)) / reference.total,
    )
  const factorFor = ({ rate: edge, slope }: RateMargin) => {
    if (edge === Infinity) return 0 // no rate is that high: this side is ruled out already
    const error = normalQuantile(alpha / 2) * errorAt(Math.min(1, Math.max(0, edge)), slope)
    return ((error + normalQuantile(MISSED_SHARE) * errorAt(rate, slope)) / (rate - edge)) ** 2
  }
  const factor =
    rate > upper.rate
      ? factorFor(upper)
      : rate < lower.rate
        ? factorFor(lower)
        : Math.max(factorFor(lower), factorFor(upper))
  if (!(factor <= LARGEST_FACTOR)) return null
  const used = factor < 1 ? FACTOR_IF_BELOW_ONE : factor
  return { factor: used, images: Math.ceil(used * group.total) }
}
