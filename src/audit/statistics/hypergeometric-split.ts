import { logFactorials } from './log-factorials.js'
import type { Random } from './random.js'

const IMAGES_PER_GROUP = 5 // to draw for one group takes as long as to pick six images one by one (90 and 15 ns)

/** Gives `flagged` images to the groups at random, every set of that many images equally likely: how many each group gets. */
export type Splitter = (flagged: number, random: Random) => Uint32Array

/** Prepares random splits of flagged images over groups of fixed size, as they fall when flags have nothing to do with groups
 *  (multivariate hypergeometric). `totals` are the images of each group.
 *  The splitter returns the same array each time, overwritten by its next call: copy what must last.
 *  Cost: 90 ns per group and call, or 15 ns per flagged (or unflagged) image where these are few.
 *  Throws RangeError unless totals are whole numbers from 0, and from the splitter unless 0 <= flagged <= all images.
 *  Source: Johnson, Kotz & Balakrishnan 1997, chapter 39; one group by inversion from the mode, Kachitvichyanukul & Schmeiser 1985.
 *  @example createSplitter([3, 2])(5, random)  // [3, 2] */
export function createSplitter(totals: readonly number[]): Splitter {
  const wrong = totals.find((total) => !Number.isSafeInteger(total) || total < 0)
  if (wrong !== undefined) throw new RangeError(`createSplitter expected whole totals from 0 but received ${wrong}`)
  const images = totals.reduce((sum, total) => sum + total, 0)
  const counts = new Uint32Array(totals.length)
  let pick: Fill | undefined
  let draw: Fill | undefined
  return (flagged, random) => {
    if (!Number.isSafeInteger(flagged) || flagged < 0 || flagged > images) {
      throw new RangeError(`createSplitter expected flagged images from 0 to ${images} but received ${flagged}`)
    }
    const few = Math.min(flagged, images - flagged) // flags can be exchanged for their absence, so the fewer are placed
    if (few <= IMAGES_PER_GROUP * totals.length) (pick ??= picker(totals, images))(counts, few, random)
    else (draw ??= drawer(totals, images))(counts, few, random)
    if (few < flagged) for (let g = 0; g < counts.length; g++) counts[g] = totals[g] - counts[g]
    return counts
  }
}

type Fill = (counts: Uint32Array, few: number, random: Random) => void

/** One image after another (partial Fisher-Yates). The swaps are undone, so that equal seeds give equal splits whatever was drawn
 *  before. */
function picker(totals: readonly number[], images: number): Fill {
  const groupAt = new Uint32Array(images)
  let end = 0
  totals.forEach((total, group) => groupAt.fill(group, end, (end += total)))
  const swappedWith = new Uint32Array(images)
  return (counts, few, random) => {
    counts.fill(0)
    for (let i = 0; i < few; i++) {
      const j = i + Math.floor(random.uniform() * (images - i))
      const group = groupAt[j]
      groupAt[j] = groupAt[i]
      groupAt[i] = group
      swappedWith[i] = j
      counts[group]++
    }
    for (let i = few - 1; i >= 0; i--) {
      const j = swappedWith[i]
      const group = groupAt[i]
      groupAt[i] = groupAt[j]
      groupAt[j] = group
    }
  }
}

/** One group after another: its count among the images that are left is hypergeometric. */
function drawer(totals: readonly number[], images: number): Fill {
  const logs = logFactorials(images)
  return (counts, few, random) => {
    let [imagesLeft, fewLeft] = [images, few]
    for (let g = 0; g < counts.length; g++) {
      const count = hypergeometric(logs, totals[g], imagesLeft, fewLeft, random.uniform())
      counts[g] = count
      imagesLeft -= totals[g]
      fewLeft -= count
    }
  }
}

/** How many of `few` flagged among `images` fall to a group of `total`. Counts are tried from the most probable outward, above and
 *  below in turn, until their probabilities add up to more than `uniform`. Five plain arguments: this is the inner loop. */
function hypergeometric(logs: Float64Array, total: number, images: number, few: number, uniform: number): number {
  const spare = images - total - few // unflagged images outside the group, if it had no flagged one; below 0 if it must have some
  const mode = Math.floor(((few + 1) * (total + 1)) / (images + 2))
  const inside = logs[total] - logs[mode] - logs[total - mode]
  const outside = logs[images - total] - logs[few - mode] - logs[spare + mode]
  const peak = Math.exp(inside + outside - logs[images] + logs[few] + logs[images - few])
  let [left, above, below, chanceAbove, chanceBelow] = [uniform - peak, mode, mode, peak, peak]
  // beyond the last possible count a factor is 0, and so is every chance from there on
  while (left >= 0 && chanceAbove + chanceBelow > 0) {
    chanceAbove *= ((total - above) * (few - above)) / ((above + 1) * (spare + above + 1))
    above++
    left -= chanceAbove
    if (left < 0) return above
    chanceBelow *= (below * (spare + below)) / ((total - below + 1) * (few - below + 1))
    below--
    left -= chanceBelow
    if (left < 0) return below
  }
  return mode // found at once, or rounding has left a last 1e-12 of probability over
}
