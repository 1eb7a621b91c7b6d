import { confidenceBin } from '../../statistics/confidence-bin.js'
import { expectedCalibrationError, type ReliabilityBin } from '../../statistics/expected-calibration-error.js'
import { permutationPValue } from '../../statistics/permutation-p-value.js'
import { quantile } from '../../statistics/quantile.js'
import type { Random } from '../../statistics/random.js'
import type { CalibrationObserved } from '../../types/observed/calibration.js'
import type { Judged } from './judge-images.js'

type Chance = CalibrationObserved['groups'][number]['chance']

/** What the expected calibration error of each group is by chance: every image is drawn again, right with the probability of its label, and
 *  the error is taken of what was drawn. One draw serves all groups. `groups`: the cells of each, at least one image in them. */
export function chanceErrors(
  cells: readonly (readonly Judged[])[],
  groups: readonly (readonly number[])[],
  { bins, draws, random }: { readonly bins: number; readonly draws: number; readonly random: Random },
): Chance[] {
  const binOf = cells.map((images) => Uint8Array.from(images, ({ probability }) => confidenceBin(probability, bins)))
  const tables = cells.map((images, cell) => tableOf(images, binOf[cell], bins))
  const drawn = groups.map(() => new Float64Array(draws))
  const right = cells.map(() => new Float64Array(bins))
  for (let draw = 0; draw < draws; draw++) {
    cells.forEach((images, cell) => {
      right[cell].fill(0)
      for (let i = 0; i < images.length; i++)
        if (random.uniform() < images[i].probability) right[cell][binOf[cell][i]]++
    })
    groups.forEach((group, index) => (drawn[index][draw] = errorOf(group, tables, (cell, bin) => right[cell][bin])))
  }
  return groups.map((group, index) => {
    const observed = errorOf(group, tables, (cell, bin) => tables[cell][bin].right)
    const ascending = drawn[index].sort()
    const centre = ascending.reduce((sum, value) => sum + value, 0) / draws
    return { centre, percentile95: quantile(ascending, 0.95), p: permutationPValue(observed, ascending), draws }
  })
}

/** The bins of some images. */
export function tableOf(images: readonly Judged[], binOf: ArrayLike<number>, bins: number): ReliabilityBin[] {
  const table = Array.from({ length: bins }, () => ({ images: 0, right: 0, probability: 0 }))
  images.forEach(({ probability, right }, image) => {
    const bin = table[binOf[image]]
    bin.images++
    bin.right += right
    bin.probability += probability
  })
  return table
}

function errorOf(
  group: readonly number[],
  tables: readonly (readonly ReliabilityBin[])[],
  rightIn: (cell: number, bin: number) => number,
): number {
  const bins = tables[group[0]].map((_, bin) => {
    const sum = { images: 0, right: 0, probability: 0 }
    for (const cell of group) {
      sum.images += tables[cell][bin].images
      sum.right += rightIn(cell, bin)
      sum.probability += tables[cell][bin].probability
    }
    return sum
  })
  return expectedCalibrationError(bins)
}
