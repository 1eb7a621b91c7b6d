import type { Facts } from '../../types/facts.js'
import type { RetrievalObserved } from '../../types/observed/retrieval-skew.js'
import type { ReasonCode } from '../../types/verdict.js'
import type { ProbeFactsOf } from '../measure-kind.js'
import { cachedChance, streamOf } from './cached-chance.js'
import type { ChanceOfTop } from './chance-of-top.js'
import { variantOf } from './retrieval-variants.js'
import { rulesOfGrouping } from './rules-of-group.js'
import { topFigures, type TopFigures, type TopRules } from './top-figures.js'

/** One query at one cut. */
export type MeasuredTop = {
  readonly figures: TopFigures | null
  readonly reason: ReasonCode | null
  readonly chance: ChanceOfTop | null
  /** Images left out that tie with the last one of the cut. */
  readonly tiedBeyond: number
}

export type MeasuredQuery = {
  readonly id: string
  readonly text: string
  readonly outcome: string | null
  /** One for each cut of the measure. */
  readonly tops: readonly MeasuredTop[]
}

/** Everything that the tables of one label set and one grouping are made from. */
export type MeasuredQueries = {
  readonly observed: RetrievalObserved
  readonly cuts: readonly number[]
  readonly rules: TopRules
  readonly queries: readonly MeasuredQuery[]
}

/** Takes the figures of every query at every cut from what was observed, with what chance gives for them. */
export function measureQueries(
  observed: RetrievalObserved,
  facts: Facts,
  { id: probe, measure }: ProbeFactsOf<'retrieval-skew'>,
): MeasuredQueries {
  const { images, groupBy, groups, labelSet } = observed
  const { cuts, draws, as } = measure
  const rules = rulesOfGrouping(measure, groupBy, groups)
  const stream = streamOf(probe, labelSet, groupBy)
  const chance = cachedChance({ images, rules, draws, seed: facts.seed, stream })
  const labels = facts.labelSets.find(({ id }) => id === labelSet)?.labels ?? []
  return {
    observed,
    cuts,
    rules,
    queries: observed.queries.map(({ query, ranked, ties }) => {
      const label = labels.find(({ id }) => id === query)
      const codes = ranked === '' ? [] : ranked.split(' ').map(Number)
      const tops = cuts.map((cut): MeasuredTop => {
        const tiedBeyond = ties.find(([of]) => of === cut)?.[2] ?? 0
        const taken = cut + (variantOf(as).keepsTies ? tiedBeyond : 0)
        const result = topFigures({ cut, ranked: reached(codes, cut, taken), images }, rules)
        if (result.figures === null) return { figures: null, reason: result.reason, chance: null, tiedBeyond }
        return { figures: result.figures, reason: null, chance: chance(cut, taken), tiedBeyond }
      })
      return { id: query, text: label?.text ?? query, outcome: label?.outcome ?? null, tops }
    }),
  }
}

/** As much of a ranking as a cut takes. A cut beyond the list takes what there is, and its figures say why there are none. */
function reached(codes: readonly number[], cut: number, taken: number): readonly number[] {
  return codes.length < cut ? codes : codes.slice(0, taken)
}
