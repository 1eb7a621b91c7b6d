import type { MeasureOf } from '../../types/measures.js'
import type { ReasonCode } from '../../types/verdict.js'
import { desiredShares, type DesiredMix } from './desired-shares.js'
import { discountedDivergence } from './discounted-divergence.js'
import { variantOf, type RetrievalVariant } from './retrieval-variants.js'

/** What a query puts first, as codes of the values that images are annotated with. Images of unknown value are left out before. */
export type RetrievedTop = {
  readonly cut: number
  /** First image first: as many as the cut, then those that tie with the last of them. Not looked at where there are no figures. */
  readonly ranked: readonly number[]
  /** Images of each code in the whole list. */
  readonly images: readonly number[]
}

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
  /** Of the values that have a skew; of equal skews the lowest code. */
  readonly maxSkew: { readonly value: number; readonly skew: number }
  readonly minSkew: { readonly value: number; readonly skew: number }
  /** Values that occur in the list and not in the top. */
  readonly missing: number
  readonly ndkl: number
  /** Images that were taken: more than the cut where ties are kept. */
  readonly taken: number
}

/** Figures, or null with the reason why there are none. */
export type RetrievalSkew = { readonly figures: RetrievalFigures | null; readonly reason?: ReasonCode }

/** How the values of an attribute are mixed in the first images that a query retrieves, against a desired mix: Skew, MaxSkew, MinSkew
 *  and NDKL (measures.md B5). `strict`: exactly the cut counts, a value without images has no skew and is in neither extreme; the other
 *  two answer as published code does, so that figures can be compared ({@link variantOf}).
 *  A cut beyond the list gives null `cut-exceeds-list`. Strict: a list of one value gives null `single-group`, and a cut of the whole list
 *  null `no-variation`: the top is then the dataset whatever the ranking, and its skew against the dataset 0 by construction.
 *  Throws RangeError unless the cut is a whole number from 1 and the ranking reaches as far as it does.
 *  Source: Geyik, Ambler & Kenthapadi 2019; Berg et al. 2022; Hall et al. 2023. Evidence needed: scores. */
export function retrievalSkew(
  top: RetrievedTop,
  { mix, as }: { readonly mix: DesiredMix; readonly as: MeasureOf<'retrieval-skew'>['as'] },
): RetrievalSkew {
  const { cut, images } = top
  const variant = variantOf(as)
  const total = images.reduce((sum, count) => sum + count, 0)
  requireCut(cut)
  if (cut > total) return { figures: null, reason: 'cut-exceeds-list' }
  if (as === 'strict' && images.filter((count) => count > 0).length < 2)
    return { figures: null, reason: 'single-group' }
  if (cut === total && !variant.answersWholeList) return { figures: null, reason: 'no-variation' }

  requireRanking(top, total)
  const desired = desiredShares(images, mix)
  const ranked = variant.keepsTies ? top.ranked : top.ranked.slice(0, cut)
  const skews = skewsOf(ranked, { desired, cut, variant })
  const known = skews.flatMap(({ value, skew }) => (skew === null ? [] : [{ value, skew }]))
  const most = known.reduce((best, one) => (one.skew > best.skew ? one : best))
  const least = known.reduce((best, one) => (one.skew < best.skew ? one : best))
  const fromZero = (skew: number, further: (a: number, b: number) => number): number =>
    variant.startsFromZero ? further(0, skew) : skew
  return {
    figures: {
      skews,
      maxSkew: { value: most.value, skew: fromZero(most.skew, Math.max) },
      minSkew: { value: least.value, skew: fromZero(least.skew, Math.min) },
      missing: skews.filter(({ count }) => count === 0).length,
      ndkl: discountedDivergence(ranked, desired, cut),
      taken: ranked.length,
    },
  }
}

function requireCut(cut: number): void {
  if (Number.isSafeInteger(cut) && cut >= 1) return
  throw new RangeError(`retrievalSkew expected a whole cut from 1 but received ${cut}`)
}

function requireRanking({ cut, ranked }: RetrievedTop, total: number): void {
  if (ranked.length >= cut && ranked.length <= total) return
  throw new RangeError(`retrievalSkew expected a ranking of ${cut} to ${total} images but received ${ranked.length}`)
}

function skewsOf(
  ranked: readonly number[],
  { desired, cut, variant }: { desired: readonly number[]; cut: number; variant: RetrievalVariant },
): ValueSkew[] {
  const counts = desired.map(() => 0)
  for (const code of ranked) counts[code]++
  return [...desired.entries()]
    .filter(([, share]) => share > 0)
    .map(([value, wanted]) => {
      const count = counts[value]
      const known = { value, count, share: count / cut, desired: wanted }
      const counted = variant.floorsAtOneImage ? Math.max(1, count) : count
      return counted === 0
        ? { ...known, skew: null, unbounded: true }
        : { ...known, skew: Math.log(counted / cut / wanted) }
    })
}
