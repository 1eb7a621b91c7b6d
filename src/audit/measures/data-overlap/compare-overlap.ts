import { binomialTail } from '../../statistics/binomial-tail.js'
import { clopperPearsonInterval } from '../../statistics/clopper-pearson-interval.js'
import { fisherExact } from '../../statistics/fisher-exact.js'
import type { Interval } from '../../statistics/proportion.js'

/** Images decided rightly, of those whose annotation is known. */
export type Right = { readonly count: number; readonly total: number }

/** What the images that a reference set holds too do to accuracy. null: there is none to speak of. */
export type OverlapComparison = {
  readonly all: Right
  /** Images of the overlap among all. */
  readonly contamination: Right
  /** Accuracy on all minus accuracy on the clean images, as a share; 0 without overlap, null without clean images. */
  readonly difference: number | null
  /** One-tailed: chance of as many right among the overlap if its rate were that of the clean images, which is taken as known. */
  readonly p: number | null
  /** Fisher's exact test of the two parts, one-tailed as well: it does not take the clean rate as known. */
  readonly fisher: number | null
  /** Clopper-Pearson on the overlap. */
  readonly interval: Interval | null
}

/** Compares accuracy on clean and on overlapping images (measures.md B14; CLIP paper, section 5). `level` is that of the interval, 0.995
 *  in the paper.
 *  @example compareOverlap({ clean: { count: 900, total: 1000 }, overlap: { count: 95, total: 100 } }, 0.995).difference  // 0.004545 */
export function compareOverlap(
  { clean, overlap }: { readonly clean: Right; readonly overlap: Right },
  level: number,
): OverlapComparison {
  const all = { count: clean.count + overlap.count, total: clean.total + overlap.total }
  const contamination = { count: overlap.total, total: all.total }
  const both = clean.total > 0 && overlap.total > 0
  return {
    all,
    contamination,
    difference: differenceOf(all, clean),
    p: both ? binomialTail('at-least', overlap, clean.count / clean.total) : null,
    fisher: both ? fisherExact(overlap, clean).greater : null,
    interval: overlap.total === 0 ? null : clopperPearsonInterval(overlap, 1 - level),
  }
}

function differenceOf(all: Right, clean: Right): number | null {
  return clean.total === 0 ? null : all.count / all.total - clean.count / clean.total
}
