import { krippendorffAlpha } from '../../statistics/krippendorff-alpha.js'
import { pairableValues } from '../../statistics/pairable-values.js'
import { percentileInterval } from '../../statistics/percentile-interval.js'
import type { Random } from '../../statistics/random.js'
import { createResampler } from '../../statistics/resample-counts.js'
import type { OwnFigure } from '../../types/figures.js'

/** Images with the same counts: `counts[label]` people chose it. */
export type Pattern = { readonly counts: readonly number[]; readonly images: number }

export type Agreement = {
  /** Images that at least two people judged. */
  readonly images: number
  readonly alpha: OwnFigure
  /** Mean share of the other people who say the same, over decisions. */
  readonly observed: OwnFigure
}

const MOST_DEGENERATE = 0.05 // of the draws without variation; with more, the interval would be about the others alone

/** Krippendorff's alpha of some images with a percentile bootstrap over images. Where all decisions are one label, or no image was judged
 *  twice, there is no alpha, and the reason says which. */
export function agreementOf(
  all: readonly Pattern[],
  { draws, level }: { readonly draws: number; readonly level: number },
  random: Random,
): Agreement {
  const patterns = pairable(all)
  const images = patterns.reduce((sum, pattern) => sum + pattern.images, 0)
  if (images === 0) {
    const none: OwnFigure = { kind: 'own', value: null, reason: 'no-images' }
    return { images, alpha: none, observed: none }
  }
  const value = alphaOf(patterns)
  const values = pairableValues(patterns.map(asUnits))
  const observed: OwnFigure = { kind: 'own', value: values.agreeing / values.total }
  if (value === null) return { images, observed, alpha: { kind: 'own', value, reason: 'no-variation' } }
  const replicates = resampled(patterns, draws, random)
  if (replicates.length < draws * (1 - MOST_DEGENERATE)) {
    return { images, observed, alpha: { kind: 'own', value, interval: null, intervalReason: 'no-variation' } }
  }
  const { low, high } = percentileInterval(replicates, level)
  return { images, observed, alpha: { kind: 'own', value, interval: [low, high], method: 'bootstrap' } }
}

/** Alpha of `draws` samples of as many images, drawn with replacement; draws in which all decisions are one label have none. */
function resampled(patterns: readonly Pattern[], draws: number, random: Random): number[] {
  const resample = createResampler(patterns.map(({ images }) => images))
  const replicates: number[] = []
  for (let draw = 0; draw < draws; draw++) {
    const drawn = resample(random)
    const alpha = alphaOf(patterns.map(({ counts }, index) => ({ counts, images: drawn[index] })))
    if (alpha !== null) replicates.push(alpha)
  }
  return replicates
}

function alphaOf(patterns: readonly Pattern[]): number | null {
  const values = pairableValues(patterns.map(asUnits))
  return values.ofCategory.filter((count) => count > 0).length < 2 ? null : krippendorffAlpha(values)
}

function asUnits({ counts, images }: Pattern): { readonly counts: readonly number[]; readonly units: number } {
  return { counts, units: images }
}

/** Patterns of at least two people, those of several cells joined where they are the same. */
function pairable(all: readonly Pattern[]): Pattern[] {
  const joined = new Map<string, { counts: readonly number[]; images: number }>()
  for (const { counts, images } of all) {
    if (counts.reduce((sum, count) => sum + count, 0) < 2) continue
    const key = counts.join(' ')
    const before = joined.get(key)
    if (before === undefined) joined.set(key, { counts, images })
    else before.images += images
  }
  return [...joined].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pattern]) => pattern)
}
