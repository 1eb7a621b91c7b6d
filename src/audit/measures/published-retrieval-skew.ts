import type { ReasonCode } from '../types/verdict.js'
import { countValues, desiredShares, type DesiredMix } from './desired-shares.js'
import { discountedDivergence } from './discounted-divergence.js'
import { rankImages } from './rank-top.js'
import type { RankedList } from './retrieval-skew.js'

export type PublishedRetrievalFigures = {
  /** Images that were taken: more than the cut where several share the score at the cut. */
  readonly kept: number
  readonly maxSkew: number
  readonly minSkew: number
  readonly ndkl: number
}

/** The same question as `retrievalSkew`, answered as the code of Berg et al. 2022 does, so that published figures can be
 *  compared: all images that tie at the cut are taken but counts are divided by the cut; a value that the top does not hold
 *  counts as one image; MaxSkew and MinSkew start from 0; NDKL sums over the images taken and divides by the weights of the
 *  cut; a cut of the whole list is answered. There the list is sorted by file name and image vectors are not normalised.
 *  A cut beyond the list gives null `cut-exceeds-list`.
 *  Throws RangeError unless the cut is a whole number from 1 and there is a value for every score.
 *  Source: oxai/debias-vision-lang:debias_clip/measuring_bias.py (MinSkew: src/ranking.py). */
export function publishedRetrievalSkew(
  { scores, values }: RankedList,
  cut: number,
  mix: DesiredMix,
): { readonly figures: PublishedRetrievalFigures | null; readonly reason?: ReasonCode } {
  if (values.length !== scores.length) {
    const expected = `${scores.length} values, one for each score,`
    throw new RangeError(`publishedRetrievalSkew expected ${expected} but received ${values.length}`)
  }
  if (!Number.isSafeInteger(cut) || cut < 1) {
    throw new RangeError(`publishedRetrievalSkew expected a whole cut from 1 but received ${cut}`)
  }
  if (cut > scores.length) return { figures: null, reason: 'cut-exceeds-list' }
  const order = rankImages(scores)
  const last = scores[order[cut - 1]]
  const ranked = order.filter((image) => scores[image] >= last).map((image) => values[image])
  const desired = desiredShares(countValues(values), mix)
  const skews = [...desired.entries()]
    .filter(([, share]) => share > 0)
    .map(([value, share]) => Math.log(Math.max(1, countOf(ranked, value)) / cut / share))
  return {
    figures: {
      kept: ranked.length,
      maxSkew: Math.max(0, ...skews),
      minSkew: Math.min(0, ...skews),
      ndkl: discountedDivergence(ranked, desired, cut),
    },
  }
}

function countOf(ranked: readonly number[], value: number): number {
  return ranked.filter((code) => code === value).length
}
