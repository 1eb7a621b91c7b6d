import type { MeasureOf } from '../../types/measures.js'
import type { TopFigure } from '../../types/observed/retrieval-skew.js'
import type { ReasonCode } from '../../types/verdict.js'
import { biasAtCut } from './bias-at-cut.js'
import { normalisedEntropy } from './normalised-entropy.js'
import { retrievalSkew, type RetrievedTop } from './retrieval-skew.js'

/** How tops of one grouping are measured. `bias`: codes of the two groups of Bias@k, or null where the probe names none. */
export type TopRules = {
  readonly desired: MeasureOf<'retrieval-skew'>['desired']
  readonly as: MeasureOf<'retrieval-skew'>['as']
  readonly bias: readonly [first: number, second: number] | null
}

/** Everything that is said of one top. `entropy` is null where the list holds fewer than two groups, `bias` where it is not asked. */
export type TopFigures = Readonly<Record<'maxSkew' | 'minSkew' | 'ndkl', number>> &
  Readonly<Record<'entropy' | 'bias', number | null>> & {
    /** Code of the group that is most above its desired share. */
    readonly most: number
    /** Groups of the list that the top lacks. */
    readonly missing: number
    /** Images of each group in the top. */
    readonly counts: readonly number[]
    readonly taken: number
    /** Images that Bias@k rests on. */
    readonly biasOf: number
  }

export const TOP_FIGURES: readonly TopFigure[] = ['maxSkew', 'minSkew', 'ndkl', 'entropy', 'bias']

/** The figures of one top, or the reason why there are none. */
export function topFigures(
  top: RetrievedTop,
  { desired, as, bias }: TopRules,
): { readonly figures: TopFigures } | { readonly figures: null; readonly reason: ReasonCode } {
  const { figures, reason = 'no-images' } = retrievalSkew(top, { mix: desired, as })
  if (figures === null) return { figures: null, reason }
  const counts = top.images.map(() => 0)
  for (const code of top.ranked.slice(0, figures.taken)) counts[code]++
  const balance = bias === null ? null : biasAtCut(counts[bias[0]], counts[bias[1]])
  return {
    figures: {
      maxSkew: figures.maxSkew.skew,
      minSkew: figures.minSkew.skew,
      ndkl: figures.ndkl,
      entropy: normalisedEntropy(counts.filter((_, code) => top.images[code] > 0)),
      bias: balance?.value ?? null,
      most: figures.maxSkew.value,
      missing: figures.missing,
      counts,
      taken: figures.taken,
      biasOf: balance?.of ?? 0,
    },
  }
}
