import { percentileInterval } from '../../statistics/percentile-interval.js'
import type { Random } from '../../statistics/random.js'
import type { CalibrationObserved } from '../../types/observed/calibration.js'

type Difference = NonNullable<CalibrationObserved['groups'][number]['difference']>

/** Brier score of each group of one `groupBy` minus that of all others, with a percentile interval: the images of every group are drawn
 *  again within the group, so that small groups stay. `losses`: (probability - right)^2 of the images of each group; groups that cannot be
 *  compared are not among them. With several images of one subject no interval is given: drawing images one by one would break
 *  people apart. */
export function brierDifferences(
  losses: readonly Float64Array[],
  limits: {
    readonly minimum: number
    readonly alpha: number
    readonly draws: number
    readonly random: Random
    readonly subjectsRepeat: boolean
  },
): Difference[] {
  const { minimum, alpha, draws, random, subjectsRepeat } = limits
  const least = Math.max(1, minimum)
  const sizes = losses.map(({ length }) => length)
  const all = sizes.reduce((sum, size) => sum + size, 0)
  const differencesOf = (sums: ArrayLike<number>): number[] => {
    const total = sizes.reduce((sum, _, group) => sum + sums[group], 0)
    return sizes.map((size, group) => sums[group] / size - (total - sums[group]) / (all - size))
  }
  const observed = differencesOf(losses.map((of) => of.reduce((sum, loss) => sum + loss, 0)))
  const replicates = subjectsRepeat ? null : drawAgain(losses, differencesOf, { draws, random })
  return sizes.map((size, group) => {
    if (size < least) return { value: null, reason: 'group-too-small' }
    if (all - size < least) return { value: null, reason: 'reference-too-small' }
    if (replicates === null) return { value: observed[group], interval: null, intervalReason: 'repeated-subjects' }
    const { low, high } = percentileInterval(replicates[group], alpha)
    return { value: observed[group], interval: [low, high] }
  })
}

function drawAgain(
  losses: readonly Float64Array[],
  differencesOf: (sums: ArrayLike<number>) => number[],
  { draws, random }: { readonly draws: number; readonly random: Random },
): Float64Array[] {
  const replicates = losses.map(() => new Float64Array(draws))
  const sums = new Float64Array(losses.length)
  for (let draw = 0; draw < draws; draw++) {
    losses.forEach((of, group) => {
      let sum = 0
      for (let i = 0; i < of.length; i++) sum += of[random.below(of.length)]
      sums[group] = sum
    })
    differencesOf(sums).forEach((difference, group) => (replicates[group][draw] = difference))
  }
  return replicates
}
