import { adjustedIntervals, decideVerdict, type VerdictRule } from '../findings/decide-verdict.js'
import { margins } from '../statistics/margins.js'
import type { CalibrationRow } from '../types/calibration.js'
import { chanceOfDisparity, chanceOfWithin, type VerdictQuestion } from './chance-of-verdict.js'
import { comparisonsOf, totalImages, typicalPairs, type CalibrationDesign } from './design.js'
import { calibrationRow, withWorstFirst } from './row.js'

/** Wrong verdicts may come this many times as often as promised: score intervals are approximations. */
export const MOST_TIMES = 1.15
const REFERENCE_RATES = [0.0003, 0.001, 0.003, 0.01, 0.03, 0.05, 0.1, 0.144, 0.25]
const FAMILIES_PER_GROUPING = 9 // the most comparisons tried: as if nine outcomes were judged together

/** Decides a verdict; the audit's own rule unless a test hands in a broken one. */
export type Decide = typeof decideVerdict

type Sizes = { readonly group: string | null; readonly images: readonly [group: number, reference: number] }

/** One task per pair of sizes and number of comparisons: how often the verdict rule errs, in units of what it promises, where
 *  it errs most: with the truth exactly on the margin. Exact. */
export function marginTasks(design: CalibrationDesign, decide: Decide = decideVerdict): (() => CalibrationRow[])[] {
  const m = comparisonsOf(design)
  const numbers = [...new Set([1, m, FAMILIES_PER_GROUPING * m])]
  return sizesToTry(design).map((sizes) => () => {
    const rows = numbers.flatMap((comparisons) => rowsOf({ ...sizes, comparisons }, design, decide))
    const some = (pattern: string): CalibrationRow[] =>
      withWorstFirst(
        rows.filter(({ what }) => what.startsWith(pattern)),
        ({ measured }) => measured,
      )
    return [...some('margin.disparity'), ...some('margin.within')]
  })
}

/** Groups of the design beside everyone else, a group that is just large enough, and pairs of equals. */
function sizesToTry(design: CalibrationDesign): Sizes[] {
  const { minimumImages } = design.policy
  const everyone = totalImages(design.groups)
  const tried: Sizes[] = [
    ...typicalPairs(design).map(({ name, images, rest }): Sizes => ({ group: name, images: [images, rest] })),
    { group: null, images: [minimumImages, everyone - minimumImages] },
    { group: null, images: [118, 118] },
    { group: null, images: [750, 750] },
  ]
  return tried.filter(
    ({ images }, place) =>
      Math.min(...images) >= Math.max(1, minimumImages) &&
      tried.findIndex((other) => other.images.join() === images.join()) === place,
  )
}

function rowsOf(
  { group, images, comparisons }: Sizes & { readonly comparisons: number },
  { policy }: CalibrationDesign,
  decide: Decide,
): CalibrationRow[] {
  const { alpha, minimumImages: minimum, margin } = policy
  const rule = { referenceKind: 'rest', alpha, m: comparisons, minimum, margin } as const
  const nominal = alpha / (2 * comparisons)
  const verdictAt: VerdictQuestion['verdictAt'] = (inGroup, inReference) =>
    decide({ group: { count: inGroup, total: images[0] }, reference: { count: inReference, total: images[1] } }, rule)
  return (['higher', 'lower'] as const).flatMap((side) => {
    const tried = REFERENCE_RATES.flatMap((referenceRate) => {
      const { lower, upper } = margins({ referenceRate, margin })
      const rate = side === 'higher' ? upper.rate : lower.rate
      if (rate <= 0 || rate >= 1) return [] // no group can lie there
      const question = {
        verdictAt,
        group: { total: images[0], rate },
        reference: { total: images[1], rate: referenceRate },
      }
      return {
        rates: [rate, referenceRate],
        disparity: chanceOfDisparity(question, side) / nominal,
        within: chanceOfWithin({ ...question, seedAt: mostWithinAt(images, rule) }) / nominal,
      }
    })
    if (tried.length === 0) return []
    return (['disparity', 'within'] as const).map((kind) => {
      const worst = tried.reduce((found, one) => (one[kind] > found[kind] ? one : found))
      return calibrationRow({
        what: `margin.${kind}.${side}`,
        group,
        images,
        rates: worst.rates,
        comparisons,
        nominal,
        measured: worst[kind],
        unit: 'times',
        target: { low: null, high: MOST_TIMES },
      })
    })
  })
}

/** The group count that lies deepest within the margin, for one reference count after the other: halfway between the lowest whose
 *  lower bounds and the highest whose upper bounds keep to the margin. Both only move up with the reference count. */
function mostWithinAt([inGroup, inReference]: Sizes['images'], rule: VerdictRule): (referenceCount: number) => number {
  const { margin } = rule
  let [lowest, highest] = [0, 0]
  return (referenceCount) => {
    const intervals = (count: number) =>
      adjustedIntervals(
        { group: { count, total: inGroup }, reference: { count: referenceCount, total: inReference } },
        rule,
      )
    const keepsBelow = (count: number): boolean => {
      const { difference, ratio } = intervals(count)
      return difference.high <= margin.difference || ratio.high <= margin.ratio
    }
    const keepsAbove = (count: number): boolean => {
      const { difference, ratio } = intervals(count)
      return difference.low >= -margin.difference || ratio.low >= 1 / margin.ratio
    }
    while (lowest < inGroup && !keepsAbove(lowest)) lowest++
    while (highest < inGroup && keepsBelow(highest + 1)) highest++
    return Math.floor((lowest + highest) / 2)
  }
}
