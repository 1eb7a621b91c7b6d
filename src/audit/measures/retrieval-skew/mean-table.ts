import type { Figure, FigureColumn, FigureRow, OwnFigure } from '../../types/figures.js'
import type { RetrievalObserved, TopFigure } from '../../types/observed/retrieval-skew.js'
import type { TableDraft } from '../measure-kind.js'
import { isBeyond, LIMITED, type Limited } from './chance-together.js'
import type { MeasuredQueries, MeasuredQuery } from './measure-queries.js'
import { querySets } from './query-sets.js'
import { TOP_FIGURES } from './top-figures.js'
import { column, says } from './words.js'
import { groupByText } from '../sentences.js'

/** Means over the queries at every cut, all of them and those of each outcome category, and how many queries lie beyond chance. */
export function meanTable(measured: MeasuredQueries, notes: TableDraft['notes']): TableDraft {
  const { observed, cuts } = measured
  return {
    evidence: observed.evidence,
    labelSet: observed.labelSet,
    key: `means/${observed.groupBy.join('+')}`,
    title: says('means.title', ['groupBy', groupByText(observed.groupBy)]),
    rowHeading: says('means.row'),
    columns: meanColumns(measured),
    rows: cuts.flatMap((_, place) => rowsOf(measured, place)),
    notes,
    chart: 'none',
  }
}

function meanColumns({ rules }: MeasuredQueries): FigureColumn[] {
  return TOP_FIGURES.filter((figure) => figure !== 'bias' || rules.bias !== null).flatMap((figure) => {
    const mean = column(`mean-${figure}`, 'number')
    return isLimited(figure) ? [mean, column(`beyond-${figure}`, 'share')] : [mean]
  })
}

function rowsOf(measured: MeasuredQueries, place: number): FigureRow[] {
  const { queries, cuts } = measured
  const cut = cuts[place]
  const outcomes = [...new Set(queries.flatMap(({ outcome }) => outcome ?? []))]
  return querySets(
    queries.map(({ outcome }) => ({ outcome: outcome ?? '' })),
    outcomes,
  ).map((set) => {
    const asked = set.queries.map((query) => queries[query])
    const values = [['cut', cut] as const, ['queries', asked.length] as const]
    return {
      key: set.outcome === null ? `${cut}` : `${cut}/${set.outcome}`,
      name: {
        kind: 'wording',
        wording:
          set.outcome === null
            ? says('means.all', ...values)
            : says('means.outcome', ...values, ['outcome', set.outcome]),
      },
      figures: figuresOf(asked, place, { measured, together: togetherOf(measured.observed, cut, set.outcome) }),
    }
  })
}

type Together = RetrievalObserved['together'][number] | null

function togetherOf({ together }: RetrievalObserved, cut: number, outcome: string | null): Together {
  return together.find((one) => one.cut === cut && one.outcome === outcome) ?? null
}

function figuresOf(
  queries: readonly MeasuredQuery[],
  place: number,
  { measured, together }: { measured: MeasuredQueries; together: Together },
): Figure[] {
  return meanColumns(measured).map(({ key }) => {
    const [of, figure] = key.split('-') as ['mean' | 'beyond', TopFigure] // written by meanColumns
    return of === 'mean' ? meanFigure(queries, place, figure, together) : beyondFigure(queries, place, figure, together)
  })
}

function meanFigure(
  queries: readonly MeasuredQuery[],
  place: number,
  figure: TopFigure,
  together: Together,
): OwnFigure {
  const tops = queries.map(({ tops: ofQuery }) => ofQuery[place])
  const values = tops.flatMap(({ figures }) => figures?.[figure] ?? [])
  if (values.length === 0) return { kind: 'own', value: null, reason: tops[0]?.reason ?? 'single-group' }
  const value = values.reduce((sum, one) => sum + one, 0) / values.length
  const chance = together?.means.find(([of]) => of === figure)?.[1]
  return chance === undefined ? { kind: 'own', value } : { kind: 'own', value, chance }
}

function beyondFigure(
  queries: readonly MeasuredQuery[],
  place: number,
  figure: TopFigure,
  together: Together,
): OwnFigure {
  if (!isLimited(figure)) return { kind: 'own', value: null, reason: 'single-group' }
  const tops = queries.map(({ tops: ofQuery }) => ofQuery[place])
  const judged = tops.flatMap(({ figures, chance }) =>
    figures === null || chance === null ? [] : [isBeyond(figures[figure], chance.limit[figure])],
  )
  if (judged.length === 0) return { kind: 'own', value: null, reason: tops[0]?.reason ?? 'single-group' }
  const count = judged.filter(Boolean).length
  const chance = together?.beyond.find(([of]) => of === figure)?.[1]
  const share = { kind: 'own', value: count / judged.length, count, total: judged.length } as const
  return chance === undefined ? share : { ...share, chance }
}

function isLimited(figure: TopFigure): figure is Limited {
  return LIMITED.some((limited) => limited === figure)
}
