import { scoreIntervalDifference } from '../../statistics/score-interval-difference.js'
import type { Facts } from '../../types/facts.js'
import type { Figure, FigureColumn, FigureRow, OwnFigure, RowName, Wording } from '../../types/figures.js'
import type { LinearProbeObserved } from '../../types/observed/linear-probe.js'
import { observedBy, type ProbeFactsOf, type TableDraft } from '../measure-kind.js'
import { addRight, type RightCount } from '../reading/count-right.js'
import { rowGroups, type RowGroup } from '../row-groups.js'
import { shareFigure } from '../share-figure.js'
import { fitsTable } from './fits-table.js'
import { methodsOf, type Method } from './methods.js'
import { overDraws } from './over-draws.js'
import { says } from './words.js'
import { subjectsRepeat } from '../subjects-repeat.js'

type Place = {
  readonly facts: Facts
  readonly observed: LinearProbeObserved
  readonly methods: readonly Method[]
  readonly rows: readonly RowGroup[]
  readonly notes: readonly Wording[]
}

/** Of each attribute: accuracy by group, each group against everyone else, the gap between groups, all with zero-shot, few shots and the
 *  linear probe side by side; then what the classifiers were fitted to. */
export function tabulateLinearProbe(facts: Facts, probe: ProbeFactsOf<'linear-probe'>): TableDraft[] {
  const { cells, attributes } = facts.dataset
  const rows = rowGroups({ cells: cells.map(({ group }) => group), attributes }, probe.groupBy, probe.derive)
  const all = observedBy(facts, probe.id, 'linear-probe')
  const notFitted = probe.measure.attributes.filter((name) => !all.some(({ attribute }) => attribute === name))
  return all.flatMap((observed, index) => {
    const notes =
      index === 0 && notFitted.length > 0 ? [says('note.not-fitted', ['attributes', notFitted.join(', ')])] : []
    const place = { facts, observed, methods: methodsOf(facts, observed), rows, notes }
    return [accuracyTable(place), differenceTable(place), gapTable(place), fitsTable(observed)]
  })
}

function accuracyTable({ facts, observed, methods, rows, notes }: Place): TableDraft {
  const { alpha } = facts.policy
  const { attribute, train } = observed
  return {
    ...headOf(observed, '', methods, 'share'),
    rows: rows.map((row) =>
      rowOf(
        row,
        methods.map(({ draws }) => overDraws(draws.map((right) => shareFigure(addRight(right, row.cells), alpha)))),
      ),
    ),
    notes: [
      says(
        'note.accuracy',
        ['attribute', attribute],
        ['images', train.images],
        ['dataset', train.dataset],
        ['sha256', train.sha256],
      ),
      ...(hasDraws(methods) ? [says('note.draws', ['draws', mostDraws(methods)])] : []),
      ...notes,
      ...subjectsNote(facts),
    ],
  }
}

/** A group minus everyone else whose group is known. */
function differenceTable({ facts, observed, methods, rows }: Place): TableDraft {
  const groups = rows.filter(({ group }) => group.length > 0)
  return {
    ...headOf(observed, '/difference', methods, 'points'),
    rows: groups.map((row) => {
      if (!row.comparable)
        return rowOf(
          row,
          methods.map(() => BLANK),
        )
      const rest = groups.filter((other) => other.groupBy === row.groupBy && other.comparable && other !== row)
      const others = rest.flatMap(({ cells }) => cells)
      return rowOf(
        row,
        methods.map(({ draws }) =>
          overDraws(draws.map((right) => differenceOf(addRight(right, row.cells), addRight(right, others), facts))),
        ),
      )
    }),
    notes: [says('note.difference'), ...subjectsNote(facts)],
  }
}

const BLANK: Figure = { kind: 'blank' }

function differenceOf(own: RightCount, rest: RightCount, { policy }: Facts): OwnFigure {
  const minimum = Math.max(1, policy.minimumImages)
  if (own.total < minimum)
    return { kind: 'own', value: null, reason: own.total === 0 ? 'no-images' : 'group-too-small' }
  if (rest.total < minimum) return { kind: 'own', value: null, reason: 'reference-too-small' }
  const { low, high } = scoreIntervalDifference(own, rest, policy.alpha)
  const value = own.count / own.total - rest.count / rest.total
  return { kind: 'own', value, interval: [low, high], method: 'score' }
}

/** Highest minus lowest over the groups of a grouping that have enough images. */
function gapTable({ facts, observed, methods, rows }: Place): TableDraft {
  const groupBys = [...new Set(rows.map(({ groupBy }) => groupBy))].filter((groupBy) => groupBy.length > 0)
  return {
    ...headOf(observed, '/gap', methods, 'points'),
    rowHeading: says('grouping'),
    rows: groupBys.map((groupBy) => {
      const groups = rows.filter((row) => row.groupBy === groupBy && row.comparable)
      return {
        key: groupBy.join(' x '),
        name: { kind: 'wording', wording: says('gap.row', ['groupBy', groupBy.join(', ')]) },
        figures: methods.map(({ draws }) => overDraws(draws.map((right) => gapOf(groups, right, facts)))),
      }
    }),
    notes: [says('note.gap', ['minimum', facts.policy.minimumImages])],
    chart: 'none',
  }
}

function gapOf(groups: readonly RowGroup[], right: readonly RightCount[], { policy }: Facts): OwnFigure {
  const minimum = Math.max(1, policy.minimumImages)
  const large = groups.map(({ cells }) => addRight(right, cells)).filter(({ total }) => total >= minimum)
  if (large.length < 2)
    return { kind: 'own', value: null, reason: groups.length < 2 ? 'single-group' : 'group-too-small' }
  const shares = large.map(({ count, total }) => count / total)
  return { kind: 'own', value: Math.max(...shares) - Math.min(...shares) }
}

const TITLES = { '': 'title', '/difference': 'difference.title', '/gap': 'gap.title' } as const

function headOf(
  { attribute, evidence, labelSet }: LinearProbeObserved,
  table: keyof typeof TITLES,
  methods: readonly Method[],
  unit: FigureColumn['unit'],
): Omit<TableDraft, 'rows' | 'notes'> {
  return {
    evidence,
    labelSet,
    key: `linear-probe/${attribute}${table}`,
    title: says(TITLES[table], ['attribute', attribute]),
    rowHeading: says('group'),
    columns: methods.map(({ key, heading }) => ({ key, heading, unit })),
    chart: 'none',
  }
}

function rowOf({ key, group }: RowGroup, figures: readonly Figure[]): FigureRow {
  const everyone: RowName = { kind: 'wording', wording: says('everyone') }
  return { key, name: group.length === 0 ? everyone : { kind: 'group', group }, figures }
}

function hasDraws(methods: readonly Method[]): boolean {
  return mostDraws(methods) > 1
}

function mostDraws(methods: readonly Method[]): number {
  return Math.max(0, ...methods.map(({ draws }) => draws.length))
}

function subjectsNote({ dataset }: Facts): Wording[] {
  return subjectsRepeat({ dataset }) ? [says('note.subjects')] : []
}
