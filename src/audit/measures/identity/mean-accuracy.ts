import { percentileInterval } from '../../statistics/percentile-interval.js'
import { wilsonInterval } from '../../statistics/wilson-interval.js'
import type { Random } from '../../statistics/random.js'
import type { IdentityObserved } from '../../types/observed/identity.js'
import type { DrawCounts } from './score-draw.js'

type GroupAccuracy = Omit<IdentityObserved['counts'][number]['groups'][number], 'group'>

const DRAWS = 999

type Scene = { readonly people: number; readonly tableRows: number; readonly alpha: number; readonly random: Random }

/** The share of images with the right name, mean over draws, for every row of the table; null `no-images` where a draw has none. Bounds by
 *  drawing people again with all their images: each time every person of the audit gets a weight, the same in all draws of names, as
 *  those share people. Where nobody or everybody is recognised nothing would move: then Wilson's bounds of as many people. Cost: people x draws x rows x 999. */
export function meanAccuracies(counts: readonly DrawCounts[], scene: Scene): GroupAccuracy[] {
  const { people, tableRows, alpha, random } = scene
  const observed = accuraciesOf(counts, new Float64Array(people).fill(1), scene)
  const replicates = observed.map(() => new Float64Array(DRAWS))
  for (let draw = 0; draw < DRAWS; draw++) {
    const weights = new Float64Array(people)
    for (let i = 0; i < people; i++) weights[random.below(people)]++
    accuraciesOf(counts, weights, scene).forEach((value, row) => (replicates[row][draw] = value ?? observed[row] ?? 0))
  }
  const shown = peopleShown(counts, scene)
  return Array.from({ length: tableRows }, (_, row) => {
    const value = observed[row]
    if (value === null) return { value: null, reason: 'no-images' }
    const { low, high } =
      value === 0 || value === 1
        ? wilsonInterval({ count: value * shown[row], total: shown[row] }, alpha)
        : percentileInterval(replicates[row], alpha)
    return { value, interval: [low, high] }
  })
}

/** In every row, the fewest people that a draw shows, draws without anybody left out. */
export function peopleShown(
  counts: readonly DrawCounts[],
  { people, tableRows }: Pick<Scene, 'people' | 'tableRows'>,
): number[] {
  const fewest = new Array<number>(tableRows).fill(Infinity)
  for (const { images } of counts)
    for (let row = 0; row < tableRows; row++) {
      let shown = 0
      for (let person = 0; person < people; person++) if (images[person * tableRows + row] > 0) shown++
      if (shown > 0) fewest[row] = Math.min(fewest[row], shown)
    }
  return fewest
}

/** Mean over the draws of names; a draw in which nobody of the row has weight is left out. */
function accuraciesOf(
  counts: readonly DrawCounts[],
  weights: Float64Array,
  { people, tableRows }: Pick<Scene, 'people' | 'tableRows'>,
): (number | null)[] {
  const sums = new Float64Array(tableRows)
  const used = new Float64Array(tableRows)
  for (const { images, right } of counts) {
    const total = new Float64Array(tableRows)
    const found = new Float64Array(tableRows)
    for (let person = 0; person < people; person++) {
      const weight = weights[person]
      if (weight === 0) continue
      for (let row = 0, at = person * tableRows; row < tableRows; row++, at++) {
        total[row] += weight * images[at]
        found[row] += weight * right[at]
      }
    }
    total.forEach((all, row) => {
      if (all === 0) return
      sums[row] += found[row] / all
      used[row]++
    })
  }
  return Array.from(sums, (sum, row) => (used[row] === 0 ? null : sum / used[row]))
}
