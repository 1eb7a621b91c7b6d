import { doubleCorrectedVariance } from './double-corrected-variance.js'
import { highestToGeometricMean } from './highest-to-geometric-mean.js'
import { createSplitter } from './hypergeometric-split.js'
import type { Proportion } from './proportion.js'
import { quantile } from './quantile.js'
import type { Random } from './random.js'
import { requireDraws } from './require-draws.js'
import { requireGroups } from './require-groups.js'
import { SPREAD_MEASURES, spreadOfCounts } from './spread-of-counts.js'
import type { SpreadMeasure } from './spread-of-counts.js'

const TIE_TOLERANCE = 1e-12 // draws that equal the value seen up to rounding count as reaching it

/** One measure, as seen and as chance alone gives it. A ratio to a lowest rate of 0 is not defined: null where it was seen, and
 *  +infinity among the draws, so that mean, median and percentile can be Infinity. */
export type ParityOfMeasure = {
  readonly observed: number | null
  readonly mean: number | null
  readonly median: number | null
  readonly percentile95: number | null
  /** (draws that reach the value seen + 1) / (draws + 1): never 0. */
  readonly p: number
  readonly undefinedDraws: number
}

/** `noVariation`: nobody or everybody is flagged, so that every draw is what was seen; measures that are undefined there are null. */
export type ParityNull = { readonly noVariation: boolean } & Readonly<Record<SpreadMeasure, ParityOfMeasure>>

/** What measures of spread over groups give by chance alone, if all groups have the same true rate: the flagged images are
 *  redistributed over all images at random, the groups keeping their sizes, and every measure is taken from the same draws.
 *  Cost: about 0.2 microseconds per draw and group; memory: 48 bytes per draw.
 *  Throws RangeError unless at least two groups have two images or more, for a count that cannot be, and unless `draws` is a whole
 *  number from 1. Source: Phipson & Smyth 2010 (p).
 *  @example parityNull({ groups, draws: 9999, random }).gap  // { observed: 0.324, mean: 0.0228, percentile95: 0.0353, p: 0.0001, ... } */
export function parityNull(of: {
  readonly groups: readonly Proportion[]
  readonly draws: number
  readonly random: Random
}): ParityNull {
  const { groups, draws, random } = of
  requireGroups('parityNull', groups)
  const { naive, noise } = doubleCorrectedVariance(groups) // refuses groups of one image where no two others are left
  requireDraws('parityNull', draws)
  const totals = groups.map(({ total }) => total)
  const counts = groups.map(({ count }) => count)
  const flagged = sumOf(counts)
  if (flagged === 0 || flagged === sumOf(totals)) return withoutVariation(groups, flagged > 0)
  const spread = spreadOfCounts(totals, flagged)
  const observed = new Float64Array(SPREAD_MEASURES.length)
  spread(counts, observed)
  const split = createSplitter(totals)
  const columns = drawColumns(draws, (drawn) => spread(split(flagged, random), drawn))
  // the size of the numbers whose rounding a measure carries: larger than the measure where it is a difference
  const highest = Math.max(...groups.map(({ count, total }) => count / total))
  const sizes = [highest, observed[1], observed[2], 1, naive + noise, observed[5]]
  return { noVariation: false, ...byMeasure((place) => summary(columns[place], observed[place], sizes[place])) }
}

/** Every draw is what was seen: all rates are equal, at 0 or at 1. */
function withoutVariation(groups: readonly Proportion[], everybody: boolean): ParityNull {
  const observed = [0, everybody ? 1 : null, highestToGeometricMean(groups).value, everybody ? 0 : null, 0, null]
  return {
    noVariation: true,
    ...byMeasure((place) => {
      const value = observed[place]
      return { observed: value, mean: value, median: value, percentile95: value, p: 1, undefinedDraws: 0 }
    }),
  }
}

/** Six columns of measures, one row per draw; `measure` fills in a row. */
function drawColumns(draws: number, measure: (row: Float64Array) => void): Float64Array[] {
  const columns = SPREAD_MEASURES.map(() => new Float64Array(draws))
  const row = new Float64Array(columns.length)
  for (let draw = 0; draw < draws; draw++) {
    measure(row)
    for (let place = 0; place < row.length; place++) columns[place][draw] = row[place]
  }
  return columns
}

/** What the draws of one measure say of the value seen. Sorts them in place. */
function summary(draws: Float64Array, seen: number, size: number): ParityOfMeasure {
  const reached = seen === Infinity ? Infinity : seen - TIE_TOLERANCE * size
  let [sum, reaching, undefinedDraws] = [0, 0, 0]
  for (const value of draws) {
    sum += value
    if (value >= reached) reaching++
    if (value === Infinity) undefinedDraws++
  }
  draws.sort()
  return {
    observed: seen === Infinity ? null : seen,
    mean: sum / draws.length,
    median: quantile(draws, 0.5),
    percentile95: quantile(draws, 0.95),
    p: (reaching + 1) / (draws.length + 1),
    undefinedDraws,
  }
}

function byMeasure(of: (place: number) => ParityOfMeasure): Record<SpreadMeasure, ParityOfMeasure> {
  const [gap, highestToLowestRatio, highestToGeometricMean, gini, doubleCorrectedVariance, chiSquared] =
    SPREAD_MEASURES.map((_, place) => of(place))
  return { gap, highestToLowestRatio, highestToGeometricMean, gini, doubleCorrectedVariance, chiSquared }
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
