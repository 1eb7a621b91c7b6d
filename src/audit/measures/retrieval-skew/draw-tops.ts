import { desiredShares } from './desired-shares.js'
import { variantOf } from './retrieval-variants.js'
import type { TopRules } from './top-figures.js'

/** The images that one query puts first, as places in the list, and how many of them each cut takes (ascending). */
export type QueryTop = { readonly places: Int32Array; readonly taken: readonly number[] }

/** Figures of one top as numbers, in the order of `TOP_FIGURES`; those that are not defined are 0. */
export type TopNumbers = Float64Array

/** Takes the figures of a query's tops when groups are given out anew: `codes` is the group of every image of the list. `at` is called with
 *  the index of each cut and an array that the next call overwrites. Equal to `topFigures` up to rounding, and a hundred times as fast: the
 *  divergence is updated place by place, and logarithms are looked up. MinSkew is left out (0): it has no chance over several queries. */
export function topDrawer(of: {
  readonly images: readonly number[]
  readonly cuts: readonly number[]
  readonly longest: number
  readonly rules: TopRules
}): (codes: Uint16Array, top: QueryTop, at: (cut: number, figures: TopNumbers) => void) => void {
  const { images, cuts, longest, rules } = of
  const variant = variantOf(rules.as)
  const logs = Float64Array.from({ length: longest + 2 }, (_, n) => (n === 0 ? 0 : Math.log(n)))
  const weights = Float64Array.from({ length: longest + 1 }, (_, place) => (place === 0 ? 0 : 1 / Math.log2(place + 1)))
  const weightUpTo = weights.slice()
  for (let place = 1; place < weightUpTo.length; place++) weightUpTo[place] += weightUpTo[place - 1]
  const wanted = Float64Array.from(desiredShares(images, rules.desired), (share) => Math.log(share || 1))
  const present = [...images.keys()].filter((code) => images[code] > 0)
  const counts = new Int32Array(images.length)
  const figures = new Float64Array(5)

  const fill = (cut: number, taken: number, divergences: number): void => {
    let [most, entropy] = [variant.startsFromZero ? 0 : -Infinity, logs[taken]]
    for (const code of present) {
      const count = counts[code]
      if (count > 0 || variant.floorsAtOneImage)
        most = Math.max(most, logs[Math.max(1, count)] - logs[cut] - wanted[code])
      entropy -= (count * logs[count]) / taken
    }
    figures[0] = most
    figures[2] = divergences / weightUpTo[cut]
    figures[3] = present.length < 2 ? 0 : entropy / Math.log(present.length)
    if (rules.bias !== null) {
      const [first, second] = rules.bias.map((code) => counts[code])
      figures[4] = first + second === 0 ? 0 : (first - second) / (first + second)
    }
  }

  return (codes, { places, taken }, at) => {
    counts.fill(0)
    // sum of c ln c - c ln q over the groups, from which the divergence at n images is sum / n - ln n
    let [sum, divergences, cut] = [0, 0, 0]
    for (let n = 1; n <= places.length && cut < taken.length; n++) {
      const code = codes[places[n - 1]]
      const count = ++counts[code]
      sum += count * logs[count] - (count - 1) * logs[count - 1] - wanted[code]
      divergences += (sum / n - logs[n]) * weights[n]
      while (cut < taken.length && taken[cut] === n) {
        fill(cuts[cut], n, divergences)
        at(cut++, figures)
      }
    }
  }
}
