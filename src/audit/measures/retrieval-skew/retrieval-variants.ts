import type { MeasureOf } from '../../types/measures.js'

/** Where published code goes other ways than the definition. */
export type RetrievalVariant = {
  /** All images that tie with the last one of the cut are taken, though shares are still of the cut. */
  readonly keepsTies: boolean
  /** A value that the top does not hold counts as one image; else it has no skew, being unbounded below. */
  readonly floorsAtOneImage: boolean
  /** MaxSkew and MinSkew start from 0, so that the one is never below it and the other never above. */
  readonly startsFromZero: boolean
  /** A cut of the whole list is answered. */
  readonly answersWholeList: boolean
}

const VARIANTS: Readonly<Record<MeasureOf<'retrieval-skew'>['as'], RetrievalVariant>> = {
  strict: { keepsTies: false, floorsAtOneImage: false, startsFromZero: false, answersWholeList: false },
  // Berg et al. 2022, oxai/debias-vision-lang:debias_clip/measuring_bias.py (MinSkew: src/ranking.py)
  'debias-vision-lang': { keepsTies: true, floorsAtOneImage: true, startsFromZero: true, answersWholeList: true },
  // Hall et al. 2023, oxai/visogender:src/metrics.py
  visogender: { keepsTies: false, floorsAtOneImage: true, startsFromZero: false, answersWholeList: true },
}

/** What a probe means by `as`. */
export function variantOf(as: MeasureOf<'retrieval-skew'>['as']): RetrievalVariant {
  return VARIANTS[as]
}
