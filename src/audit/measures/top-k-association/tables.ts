import type { Facts } from '../../types/facts.js'
import type { FigureRow } from '../../types/figures.js'
import type { TopKObserved } from '../../types/observed/top-k-association.js'
import { observedBy, type ProbeFactsOf, type TableDraft } from '../measure-kind.js'
import { rowGroups, type RowGroup } from '../row-groups.js'
import { shareFigure } from '../share-figure.js'
import { subjectsRepeat } from '../subjects-repeat.js'
import { rowNameOf, sentencesOf } from '../sentences.js'

const says = sentencesOf('top-k-association')

type Probe = ProbeFactsOf<'top-k-association'>
type AtThreshold = TopKObserved['thresholds'][number]

/** One table for each threshold: all groups in rows, associations in columns, each share of **all** images of the group. */
export function topKTables(facts: Facts, probe: Probe): TableDraft[] {
  return observedBy(facts, probe.id, 'top-k-association').flatMap((observed) =>
    observed.logitScale === null
      ? [withoutScale(observed, probe)]
      : observed.thresholds.map((one) => tableOf(facts, probe, observed, one)),
  )
}

/** No figures, and why. */
function withoutScale({ evidence, labelSet, logitScaleReason }: TopKObserved, { measure }: Probe): TableDraft {
  return {
    evidence,
    labelSet,
    key: 'top-k',
    title: says('no-scale-title', ['most', measure.most]),
    rowHeading: says('group'),
    columns: [],
    rows: [],
    notes: [says(logitScaleReason === 'no logit bias' ? 'note.no-bias' : 'note.no-scale')],
    chart: 'none',
  }
}

function tableOf(
  facts: Facts,
  probe: Probe,
  { evidence, labelSet, logitBias }: TopKObserved,
  { threshold, cells }: AtThreshold,
): TableDraft {
  const { measure, groupBy, derive } = probe
  const { attributes } = facts.dataset
  const groups = rowGroups({ cells: facts.dataset.cells.map(({ group }) => group), attributes }, groupBy, derive)
  const asked = measure.associations.filter((association) =>
    cells.some(({ associations }) => associations.some(([id]) => id === association)),
  )
  return {
    evidence,
    labelSet,
    key: `top-k/${threshold}`,
    title: says('title', ['most', measure.most], ['thresholdShare', threshold]),
    rowHeading: says('group'),
    columns: [
      ...asked.map((association) => ({
        key: association,
        heading: says('association', ['association', association]),
        unit: 'share' as const,
      })),
      { key: 'without', heading: says('without'), unit: 'share' },
    ],
    rows: groups.map((group) => rowOf(group, { asked, cells, alpha: facts.policy.alpha })),
    notes: [
      says('note.denominator'),
      says('note.overlap'),
      says('note.rounding'),
      ...(logitBias === undefined ? [] : [says('note.sigmoid')]),
      ...(subjectsRepeat(facts) ? [says('note.subjects')] : []),
    ],
    chart: 'none',
  }
}

function rowOf(
  { key, group, cells: inside }: RowGroup,
  { asked, cells, alpha }: Pick<AtThreshold, 'cells'> & { readonly asked: readonly string[]; readonly alpha: number },
): FigureRow {
  const own = cells.filter(({ cell }) => inside.includes(cell))
  const sum = (of: (one: (typeof own)[number]) => number): number => own.reduce((total, one) => total + of(one), 0)
  const total = sum(({ images }) => images)
  const counts = asked.map((association) =>
    sum(({ associations }) => associations.find(([id]) => id === association)?.[1] ?? 0),
  )
  return {
    key,
    name: rowNameOf(group, says),
    figures: [...counts, sum(({ without }) => without)].map((count) => shareFigure({ count, total }, alpha)),
  }
}
