import { pairedChange, pairedTotal, requirePairedCounts, type PairedCounts } from './paired-counts.js'
import type { Interval } from './proportion.js'
import { wilsonInterval } from './wilson-interval.js'

/** Newcombe's interval for the change of a rate on the same images, second run minus first: a closed form made of the two
 *  Wilson intervals and the correlation of the runs. Slightly wider than it says; a cross-check of tangoInterval.
 *  Two-sided level 1 - alpha. A positive correlation is corrected for continuity; it is 0 where a run counts nobody or everybody.
 *  Throws RangeError unless the counts are whole, not negative, and at least one image is there.
 *  Source: Newcombe 1998b, method 10.
 *  @example newcombePairedInterval({ both: 36, onlyFirst: 2, onlySecond: 12, neither: 0 })  // { low: 0.0569, high: 0.3404 } */
export function newcombePairedInterval(counts: PairedCounts, alpha = 0.05): Interval {
  requirePairedCounts('newcombePairedInterval', counts)
  const total = pairedTotal(counts)
  const first = { count: counts.both + counts.onlyFirst, total }
  const second = { count: counts.both + counts.onlySecond, total }
  const [wilsonFirst, wilsonSecond] = [wilsonInterval(first, alpha), wilsonInterval(second, alpha)]
  const [firstRate, secondRate] = [first.count / total, second.count / total]
  const apart = oneMinusCorrelation(counts)
  const change = pairedChange(counts)
  return {
    low: change - length(secondRate - wilsonSecond.low, wilsonFirst.high - firstRate, apart),
    high: change + length(wilsonSecond.high - secondRate, firstRate - wilsonFirst.low, apart),
  }
}

/** Root of x^2 + y^2 - 2 (1 - apart) x y, as a sum of two squares. */
function length(x: number, y: number, apart: number): number {
  return Math.hypot(x - y, Math.sqrt(2 * apart * x * y))
}

/** One minus the (corrected) correlation of the two runs. On large samples the correlation is close to 1; subtracting it
 *  from 1 would lose the digits that matter, so the difference is put together from terms that are all positive. */
function oneMinusCorrelation(counts: PairedCounts): number {
  const { both, onlyFirst, onlySecond, neither } = counts
  const margins = (both + onlyFirst) * (onlySecond + neither) * (both + onlySecond) * (onlyFirst + neither)
  if (margins === 0) return 1
  const [agreeing, crossed] = [both * neither, onlyFirst * onlySecond]
  const determinant = agreeing - crossed
  const scale = Math.sqrt(margins)
  if (determinant <= 0) return 1 - determinant / scale
  const correction = Math.min(determinant, pairedTotal(counts) / 2)
  const corrected = determinant - correction
  const [firstMixed, secondMixed] = [both * onlySecond + onlyFirst * neither, both * onlyFirst + onlySecond * neither]
  // margins - determinant^2, multiplied out
  const uncorrelated =
    4 * agreeing * crossed + (agreeing + crossed) * (firstMixed + secondMixed) + firstMixed * secondMixed
  return (uncorrelated + correction * (determinant + corrected)) / (scale * (scale + corrected))
}
