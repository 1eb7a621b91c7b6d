import type { Random } from './random.js'
import { requireDraws } from './require-draws.js'

/** Replicates of a statistic of two samples, each drawn again with replacement within itself, so that both sizes stay. `statistic` gets the two
 *  samples in arrays that the next draw overwrites; where it is undefined it gives null, and the replicate is left out.
 *  Cost: draws x values. Throws RangeError for an empty sample and unless `draws` is a whole number from 1.
 *  Source: Efron & Tibshirani 1993, section 8.3.
 *  @example twoSampleBootstrap([1, 1], [3, 3], (first, second) => first[0] - second[1], { draws: 2, random })  // [-2, -2] */
export function twoSampleBootstrap(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  statistic: (first: Float64Array, second: Float64Array) => number | null,
  { draws, random }: { readonly draws: number; readonly random: Random },
): Float64Array {
  requireDraws('twoSampleBootstrap', draws)
  if (first.length === 0 || second.length === 0) {
    throw new RangeError(
      `twoSampleBootstrap expected two samples but received ${first.length} and ${second.length} values`,
    )
  }
  const [again, other] = [new Float64Array(first.length), new Float64Array(second.length)]
  const replicates = new Float64Array(draws)
  let kept = 0
  for (let draw = 0; draw < draws; draw++) {
    drawInto(again, first, random)
    drawInto(other, second, random)
    const value = statistic(again, other)
    if (value !== null) replicates[kept++] = value
  }
  return replicates.slice(0, kept)
}

function drawInto(again: Float64Array, values: ArrayLike<number>, random: Random): void {
  for (let i = 0; i < again.length; i++) again[i] = values[random.below(values.length)]
}
