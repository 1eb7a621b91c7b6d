import { moveOutward } from './move-outward.js'
import { normalQuantile } from './normal-quantile.js'
import type { Interval, Proportion } from './proportion.js'
import { LOG_RATIO_LIMIT, scoreIntervalRatio } from './score-interval-ratio.js'
import { scoreStatisticRatio } from './score-statistic-ratio.js'

/** Interval for the ratio of two proportions on which verdicts rest: the wider, end by end, of the plain and the
 *  skewness-corrected score interval (see the interval for the difference). Two-sided level 1 - alpha.
 *  A reference count of 0 gives no upper end (Infinity); both counts 0: { 0, Infinity }. The low end is also 0, and the high
 *  end Infinity, where the corrected test rejects no ratio however far out.
 *  Throws RangeError unless 0 <= count <= total and total > 0 on both sides.
 *  Source: Gart & Nam 1988; Laud 2017 (R package ratesci); the envelope is ours.
 *  @example envelopeIntervalRatio({ count: 56, total: 70 }, { count: 48, total: 80 })  // { low: 1.079, high: 1.674 } */
export function envelopeIntervalRatio(group: Proportion, reference: Proportion, alpha = 0.05): Interval {
  const plain = scoreIntervalRatio(group, reference, alpha)
  const z = normalQuantile(alpha / 2)
  const corrected = (logRatio: number) => {
    const { score, skewness } = scoreStatisticRatio(group, reference, Math.exp(logRatio))
    return score - skewness * (z * z - 1)
  }
  return {
    low: plain.low === 0 ? 0 : moved((logRatio) => corrected(logRatio) - z, plain.low, 0),
    high: plain.high === Infinity ? Infinity : moved((logRatio) => -z - corrected(logRatio), plain.high, Infinity),
  }
}

/** `end`: 0 or Infinity, stood for by the limit in logarithms. */
function moved(excess: (logRatio: number) => number, plain: number, end: number): number {
  const limit = end === 0 ? -LOG_RATIO_LIMIT : LOG_RATIO_LIMIT
  const bound = moveOutward(excess, Math.log(plain), limit)
  if (bound === Math.log(plain)) return plain // not moved: keep the bound to its last bit
  return bound === limit ? end : Math.exp(bound)
}
