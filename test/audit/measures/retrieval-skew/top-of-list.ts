import { countValues } from '../../../../src/audit/measures/retrieval-skew/desired-shares.js'
import { rankImages, rankTop } from '../../../../src/audit/measures/retrieval-skew/rank-top.js'
import type { RetrievedTop } from '../../../../src/audit/measures/retrieval-skew/retrieval-skew.js'

/** Scores and values of a small list, image by image. */
export type RankedList = { readonly scores: ArrayLike<number>; readonly values: ArrayLike<number> }

/** What a list of scores and values puts first, with all that tie at the cut. */
export function topOfList({ scores, values }: RankedList, cut: number): RetrievedTop {
  const taken = cut > scores.length ? scores.length : cut + rankTop(scores, cut).tiedBeyond
  const ranked = rankImages(scores)
    .slice(0, taken)
    .map((image) => values[image])
  return { cut, ranked, images: countValues(values) }
}
