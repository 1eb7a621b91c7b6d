import { logFactorials } from './log-factorials.js'
import type { Random } from './random.js'

/** Prepares bootstrap samples of things that are counted by kind: as many things as there are, drawn with replacement, and how many of each
 *  kind are among them (multinomial). One binomial a kind, of those that the kinds before it have left over, so that a sample costs
 *  about one standard deviation a kind instead of one step a thing. One uniform a kind, none where only one count is possible.
 *  The sampler returns the same array each time, overwritten by its next call: copy what must last.
 *  Throws RangeError unless counts are whole numbers from 0 with a sum above 0.
 *  Source: Davis 1993 (conditional binomials); Kachitvichyanukul & Schmeiser 1985 (inversion from the mode).
 *  @example createResampler([3, 0])(random)  // [3, 0] */
export function createResampler(counts: readonly number[]): (random: Pick<Random, 'uniform'>) => Float64Array {
  const wrong = counts.find((count) => !Number.isSafeInteger(count) || count < 0)
  if (wrong !== undefined) throw new RangeError(`createResampler expected whole counts from 0 but received ${wrong}`)
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) throw new RangeError('createResampler needs at least one thing to draw but received none')
  const logs = logFactorials(total)
  const drawn = new Float64Array(counts.length)
  return (random) => {
    let [left, things] = [total, total] // to draw, and of these kinds or later ones
    counts.forEach((count, kind) => {
      if (count === 0) drawn[kind] = 0
      else if (count === things || left === 0) drawn[kind] = left
      else drawn[kind] = binomial(logs, left, count / things, random.uniform())
      left -= drawn[kind]
      things -= count
    })
    return drawn
  }
}

/** Successes among `total` trials of probability `rate`, which is neither 0 nor 1. Counts are tried from the most probable outward, above and
 *  below in turn, until their probabilities add up to more than `uniform`. */
function binomial(logs: Float64Array, total: number, rate: number, uniform: number): number {
  const odds = rate / (1 - rate)
  const mode = Math.min(total, Math.floor((total + 1) * rate))
  const ways = logs[total] - logs[mode] - logs[total - mode]
  const peak = Math.exp(ways + mode * Math.log(rate) + (total - mode) * Math.log1p(-rate))
  let [left, above, below, chanceAbove, chanceBelow] = [uniform - peak, mode, mode, peak, peak]
  // beyond the last possible count a factor is 0, and so is every chance from there on
  while (left >= 0 && chanceAbove + chanceBelow > 0) {
    chanceAbove *= ((total - above) / (above + 1)) * odds
    above++
    left -= chanceAbove
    if (left < 0) return above
    chanceBelow *= below / (total - below + 1) / odds
    below--
    left -= chanceBelow
    if (left < 0) return below
  }
  return mode // found at once, or rounding has left a last 1e-12 of probability over
}
