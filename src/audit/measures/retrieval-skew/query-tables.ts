import type { Figure, FigureColumn, FigureRow, OwnFigure } from '../../types/figures.js'
import type { TopFigure } from '../../types/observed/retrieval-skew.js'
import type { TableDraft } from '../measure-kind.js'
import { isBeyond } from './chance-together.js'
import type { MeasuredQueries, MeasuredQuery, MeasuredTop } from './measure-queries.js'
import { column, says } from './words.js'
import { groupByText, groupText } from '../sentences.js'

const MOST_FURTHEST = 20
const MOST_GROUPS_SHOWN = 10 // more columns of shares than a page holds

/** At each cut that gives figures the queries furthest beyond chance, where there are too many to see them in the list, and every query. */
export function queryTables(measured: MeasuredQueries): TableDraft[] {
  return [...measured.cuts.keys()].flatMap((place) => {
    if (measured.queries.every(({ tops }) => tops[place].figures === null)) return []
    const all = tableOf(measured, 'queries', place, measured.queries)
    if (measured.queries.length <= MOST_FURTHEST) return [all]
    const furthest = furthestBeyond(measured.queries, place)
    return furthest.length === 0 ? [all] : [tableOf(measured, 'furthest', place, furthest), all]
  })
}

/** By p, then by MaxSkew: all tops of one size share their draws, so that many have the lowest p there is. */
function furthestBeyond(queries: readonly MeasuredQuery[], place: number): MeasuredQuery[] {
  return queries
    .flatMap((query) => {
      const { figures, chance } = query.tops[place]
      if (figures === null || chance === null || !isBeyond(figures.maxSkew, chance.limit.maxSkew)) return []
      return [{ query, p: chance.chanceOf('maxSkew', figures)?.p ?? 1, maxSkew: figures.maxSkew }]
    })
    .sort((a, b) => a.p - b.p || b.maxSkew - a.maxSkew)
    .slice(0, MOST_FURTHEST)
    .map(({ query }) => query)
}

function tableOf(
  measured: MeasuredQueries,
  table: 'queries' | 'furthest',
  place: number,
  queries: readonly MeasuredQuery[],
): TableDraft {
  const { observed, cuts } = measured
  const cut = cuts[place]
  const values = [['groupBy', groupByText(observed.groupBy)] as const, ['cut', cut] as const]
  const total = measured.queries.length
  return {
    evidence: observed.evidence,
    labelSet: observed.labelSet,
    key: `${table}/${observed.groupBy.join('+')}/${cut}`,
    title: says(`${table}.title`, ...values, ['shown', queries.length], ['queries', total]),
    rowHeading: says('query'),
    columns: columnsOf(measured),
    rows: queries.map((query) => rowOf(measured, query, place)),
    notes: [
      ...(table === 'furthest' ? [says('furthest.note', ['queries', total])] : [says('queries.note')]),
      ...tieNotes(measured, place),
    ],
    chart: 'none',
  }
}

function tieNotes({ queries }: MeasuredQueries, place: number): TableDraft['notes'] {
  const tied = queries.filter(({ tops }) => tops[place].tiedBeyond > 0).length
  return tied === 0 ? [] : [says('note.ties', ['tied', tied])]
}

function columnsOf({ observed, rules }: MeasuredQueries): FigureColumn[] {
  return [
    column('maxSkew', 'number'),
    column('minSkew', 'number'),
    column('missing', 'count'),
    column('ndkl', 'number'),
    column('entropy', 'number'),
    ...(rules.bias === null
      ? []
      : [column('bias', 'number', biasValues(observed.groups, rules.bias)), column('biasOf', 'count')]),
    ...shownGroups(observed).map((code): FigureColumn => ({
      key: `share/${code}`,
      heading: says('column.share', ['group', groupText(observed.groups[code])]),
      unit: 'share',
    })),
  ]
}

function biasValues(
  groups: MeasuredQueries['observed']['groups'],
  [first, second]: readonly [number, number],
): (readonly [string, string])[] {
  return [['first', groupText(groups[first])] as const, ['second', groupText(groups[second])] as const]
}

/** Groups that have images; none where there are too many for columns. */
function shownGroups({ images }: MeasuredQueries['observed']): number[] {
  const present = [...images.keys()].filter((code) => images[code] > 0)
  return present.length > MOST_GROUPS_SHOWN ? [] : present
}

function rowOf(measured: MeasuredQueries, query: MeasuredQuery, place: number): FigureRow {
  const top = query.tops[place]
  const { groups } = measured.observed
  return {
    key: query.id,
    name: {
      kind: 'wording',
      wording:
        top.figures === null
          ? says('row.none', ['query', query.text])
          : says('row.most', ['query', query.text], ['group', groupText(groups[top.figures.most])]), // prettier-ignore
    },
    figures: figuresOf(measured, top),
  }
}

function figuresOf({ observed, rules }: MeasuredQueries, top: MeasuredTop): Figure[] {
  const { figures } = top
  const shares = shownGroups(observed)
  const counted = (value: number | undefined): OwnFigure => own(value ?? null, top)
  return [
    withChance('maxSkew', top),
    withChance('minSkew', top),
    counted(figures?.missing),
    withChance('ndkl', top),
    withChance('entropy', top),
    ...(rules.bias === null ? [] : [withChance('bias', top), counted(figures?.biasOf)]),
    ...shares.map((code): Figure => {
      if (figures === null) return own(null, top)
      const [count, total] = [figures.counts[code], figures.taken]
      return { kind: 'own', value: count / total, count, total }
    }),
  ]
}

function withChance(figure: TopFigure, top: MeasuredTop): OwnFigure {
  if (top.figures === null) return own(null, top)
  const value = top.figures[figure]
  const chance = value === null ? null : (top.chance?.chanceOf(figure, top.figures) ?? null)
  return chance === null ? own(value, top) : { ...own(value, top), chance }
}

function own(value: number | null, { reason }: MeasuredTop): OwnFigure {
  return value === null ? { kind: 'own', value, reason: reason ?? 'single-group' } : { kind: 'own', value }
}
