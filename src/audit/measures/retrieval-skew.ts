import type { ReasonCode } from '../types/verdict.js'
import { countValues, desiredShares, type DesiredMix } from './desired-shares.js'
import { discountedDivergence } from './discounted-divergence.js'
import { rankTop } from './rank-top.js'

/** The images that one prompt ranks, in canonical order: their scores, and the code of the value that each is annotated with.
 *  Images of unknown value are left out before. */
export type RankedList = { readonly scores: ArrayLike<number>; readonly values: ArrayLike<number> }

/** One value in the top: ln(share / desired). A value that the top does not hold has none: it is unbounded below. */
export type ValueSkew = {
  readonly value: number
  readonly count: number
  readonly share: number
  readonly desired: number
  readonly skew: number | null
  readonly unbounded?: true
}

export type RetrievalFigures = {
  /** Values that occur in the list, by code. */
  readonly skews: readonly ValueSkew[]
  /** Of the values that the top holds; of equal skews the lowest code. */
  readonly maxSkew: { readonly value: number; readonly skew: number }
  readonly minSkew: { readonly value: number; readonly skew: number }
  /** Values that occur in the list and not in the top: unbounded below, and in neither extreme. */
  readonly missing: number
  readonly ndkl: number
  readonly tiedWithin: number
  readonly tiedBeyond: number
}

/** Figures, or null with the reason why there are none. */
export type RetrievalSkew = { readonly figures: RetrievalFigures | null; readonly reason?: ReasonCode }

/** How the values of an attribute are mixed in the first `cut` images that a prompt retrieves, against a desired mix: Skew,
 *  MaxSkew, MinSkew and NDKL (measures.md B5). Exactly `cut` images count; ties go by the order of the list and are counted.
 *  A cut beyond the list gives null `cut-exceeds-list`, a list of one value null `single-group`. A cut of the whole list is
 *  refused: the top is then the dataset whatever the ranking, and its skew against the dataset 0 by construction.
 *  Throws RangeError there, unless the cut is a whole number from 1, scores are finite, and there is a value for every score.
 *  Source: Geyik, Ambler & Kenthapadi 2019; Berg et al. 2022. Evidence needed: scores. */
export function retrievalSkew({ scores, values }: RankedList, cut: number, mix: DesiredMix): RetrievalSkew {
  const images = scores.length
  if (values.length !== images) {
    throw new RangeError(`retrievalSkew expected ${images} values, one for each score, but received ${values.length}`)
  }
  const reason = reasonAgainst(cut, images)
  if (reason !== null) return { figures: null, reason }
  const counts = countValues(values)
  if (counts.filter((count) => count > 0).length < 2) return { figures: null, reason: 'single-group' }

  const desired = desiredShares(counts, mix)
  const top = rankTop(scores, cut)
  const ranked = top.images.map((image) => values[image])
  const skews = skewsOf(ranked, desired)
  const held = skews.flatMap(({ value, skew }) => (skew === null ? [] : [{ value, skew }]))
  return {
    figures: {
      skews,
      maxSkew: held.reduce((most, one) => (one.skew > most.skew ? one : most)),
      minSkew: held.reduce((least, one) => (one.skew < least.skew ? one : least)),
      missing: skews.length - held.length,
      ndkl: discountedDivergence(ranked, desired),
      tiedWithin: top.tiedWithin,
      tiedBeyond: top.tiedBeyond,
    },
  }
}

/** Why a cut gives no figures, or null. Throws RangeError for a cut that is no question. */
function reasonAgainst(cut: number, images: number): 'cut-exceeds-list' | null {
  if (!Number.isSafeInteger(cut) || cut < 1) {
    throw new RangeError(`retrievalSkew expected a whole cut from 1 but received ${cut}`)
  }
  if (cut === images) {
    throw new RangeError(`retrievalSkew expected a cut below the ${images} images of the list but received ${cut}`)
  }
  return cut > images ? 'cut-exceeds-list' : null
}

function skewsOf(ranked: readonly number[], desired: readonly number[]): ValueSkew[] {
  return [...desired.entries()]
    .filter(([, share]) => share > 0)
    .map(([value, wanted]) => {
      const count = ranked.filter((code) => code === value).length
      const share = count / ranked.length
      const known = { value, count, share, desired: wanted }
      return count === 0 ? { ...known, skew: null, unbounded: true } : { ...known, skew: Math.log(share / wanted) }
    })
}
