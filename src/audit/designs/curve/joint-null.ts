import type { OutcomeBits } from '../../scoring/outcome-bits.js'
import { medianInPlace } from '../../statistics/median-in-place.js'
import { permutationPValue } from '../../statistics/permutation-p-value.js'
import { quantile } from '../../statistics/quantile.js'
import type { Random } from '../../statistics/random.js'
import type { JointNull, JointNullOfGroup } from '../../types/curve.js'
import type { Margin } from '../../types/definitions.js'
import { createGroupCounter, orderByGroup } from './group-counts.js'

export type JointNullInput = {
  readonly bits: OutcomeBits
  /** Group of each row of `bits`; -1 for images that are not compared. */
  readonly groupOf: Int32Array
  readonly groups: number
  readonly margin: Margin
  readonly draws: number
  readonly random: Random
}

/** What chance alone gives over all specifications at once, for each outcome and group (measures.md B8). Each draw deals the images to the groups
 *  anew, once for every specification, so that specifications stay as much alike as they are: they share images, and a count of them has no
 *  distribution of its own. Groups keep their sizes. Two figures of each group against everyone else are compared with what they come to in
 *  the draws: the median absolute difference, and the share of specifications whose point estimates lie beyond both margins.
 *  Null for a group without images, or without anyone else. Cost: draws x images x outcomes x specifications / 32 word operations, times five. */
export function jointNull(input: JointNullInput): JointNull[] {
  const { bits, draws, random } = input
  const members = orderByGroup(input.groupOf, input.groups)
  const counter = createGroupCounter(bits, members)
  const figures = createFigures(input, members.starts)
  counter.write(members.order)
  const observed = figures(counter.counts).slice()
  const drawn = observed.length === 0 ? [] : Array.from(observed, () => new Float64Array(draws))
  const order = members.order.slice()
  for (let draw = 0; draw < draws; draw++) {
    shuffleInPlace(order, random)
    counter.write(order)
    figures(counter.counts).forEach((figure, place) => (drawn[place][draw] = figure))
  }
  return Array.from({ length: bits.outcomes }, (_, outcome) => ({
    draws,
    groups: Array.from({ length: input.groups }, (_unused, group) => {
      const place = (outcome * input.groups + group) * FIGURES
      if (Number.isNaN(observed[place])) return null
      const [medianDifference, shareBeyondMargin] = [place, place + 1].map((at) => summary(observed[at], drawn[at]))
      return { medianDifference, shareBeyondMargin }
    }),
  }))
}

const FIGURES = 2

/** Fisher-Yates from the end, in the array itself: a copy for every draw would cost as much as the counting. */
function shuffleInPlace(order: Int32Array, random: Random): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const kept = order[i]
    order[i] = order[j]
    order[j] = kept
  }
}

function summary(observed: number, draws: Float64Array): JointNullOfGroup['medianDifference'] {
  const p = permutationPValue(observed, draws)
  const ascending = draws.slice().sort()
  return {
    mean: ascending.reduce((sum, value) => sum + value, 0) / draws.length,
    percentile95: quantile(ascending, 0.95),
    p,
  }
}

/** Both figures of every outcome and group from the counts; NaN where a side has no images. The result is overwritten by the next call. */
function createFigures(
  { bits, groups, margin }: JointNullInput,
  starts: Int32Array,
): (counts: Uint32Array) => Float64Array {
  const { outcomes, specifications } = bits
  const figures = new Float64Array(outcomes * groups * FIGURES)
  const everyone = starts[groups]
  const inAll = new Uint32Array(outcomes * specifications)
  const differences = new Float64Array(specifications)
  return (counts) => {
    inAll.fill(0)
    for (let group = 0; group < groups; group++) {
      for (let place = 0; place < inAll.length; place++) inAll[place] += counts[group * inAll.length + place]
    }
    for (let outcome = 0; outcome < outcomes; outcome++) {
      for (let group = 0; group < groups; group++) {
        const sizes = { inGroup: starts[group + 1] - starts[group], everyone }
        const first = outcome * specifications
        const ofGroup = counts.subarray(group * inAll.length + first, group * inAll.length + first + specifications)
        const ofAll = inAll.subarray(first, first + specifications)
        const share = compareAll({ ofGroup, ofAll, sizes, margin }, differences)
        const place = (outcome * groups + group) * FIGURES
        figures[place] = Number.isNaN(share) ? NaN : medianInPlace(differences)
        figures[place + 1] = share
      }
    }
    return figures
  }
}

type Compared = {
  readonly ofGroup: Uint32Array
  readonly ofAll: Uint32Array
  readonly sizes: { readonly inGroup: number; readonly everyone: number }
  readonly margin: Margin
}

/** Writes the absolute difference of each specification and returns the share of them that lie beyond both margins. */
function compareAll({ ofGroup, ofAll, sizes, margin }: Compared, differences: Float64Array): number {
  const inRest = sizes.everyone - sizes.inGroup
  if (sizes.inGroup === 0 || inRest === 0) return NaN
  let beyond = 0
  for (let s = 0; s < ofGroup.length; s++) {
    const rate = ofGroup[s] / sizes.inGroup
    const rest = (ofAll[s] - ofGroup[s]) / inRest
    differences[s] = Math.abs(rate - rest)
    const isHigher = rate > rest + margin.difference && rate > rest * margin.ratio
    const isLower = rate < rest - margin.difference && rate < rest / margin.ratio
    if (isHigher || isLower) beyond++
  }
  return beyond / ofGroup.length
}
