import type { Facts } from '../../types/facts.js'
import type { Figure, FigureColumn, FigureRow, Wording } from '../../types/figures.js'
import { UNKNOWN } from '../../types/groups.js'
import type { AbstentionObserved } from '../../types/observed/abstention.js'
import { observedBy, type ProbeFactsOf, type TableDraft } from '../measure-kind.js'
import { rowGroups, type RowGroup } from '../row-groups.js'
import { numberFigure, shareFigure } from '../share-figure.js'
import { rowNameOf, sentencesOf } from '../sentences.js'

const says = sentencesOf('abstention')

/** Tables by group print every other threshold, so that they fit a page; the first table has them all. */
const STEP_BY_GROUP = 2

type Scene = { readonly facts: Facts; readonly observed: AbstentionObserved }

/** For every label set: everyone at each threshold, then coverage, accuracy and harm by group along the thresholds. */
export function tabulateAbstention(facts: Facts, probe: ProbeFactsOf<'abstention'>): TableDraft[] {
  const { cells, attributes } = facts.dataset
  const rows = rowGroups({ cells: cells.map(({ group }) => group), attributes }, probe.groupBy, probe.derive)
  return observedBy(facts, probe.id, 'abstention')
    .filter(({ thresholds, reason }) => thresholds.length > 0 || reason !== undefined)
    .flatMap((observed) => {
      if (observed.reason !== undefined) return [withoutProbabilities(observed, observed.reason)]
      const scene = { facts, observed }
      const groupings = probe.groupBy.filter((groupBy) => rows.some((row) => row.groupBy === groupBy))
      return [
        everyone(rows[0], scene),
        ...groupings.flatMap((groupBy) => {
          const shown = [rows[0], ...rows.filter((row) => row.groupBy === groupBy)]
          return quantitiesOf(observed).map((quantity) => byGroup(shown, quantity, groupBy, scene))
        }),
      ]
    })
}

/** No figures, and why. */
function withoutProbabilities(
  { evidence, labelSet }: AbstentionObserved,
  reason: NonNullable<AbstentionObserved['reason']>,
): TableDraft {
  return {
    key: 'abstention/everyone',
    evidence,
    labelSet,
    title: says('everyone-title'),
    rowHeading: says('left-undecided'),
    columns: [],
    rows: [],
    notes: [says(reason === 'no logit bias' ? 'note.no-bias' : 'note.no-scale')],
    chart: 'none',
  }
}

/** What is read off the images that are kept: their share, who of them is right, and harm among them and among all. */
type Quantity =
  | { readonly kind: 'coverage' }
  | { readonly kind: 'accuracy'; readonly of: string; readonly place: number }
  | { readonly kind: 'harm-kept' | 'harm-all'; readonly of: string; readonly place: number }

function quantitiesOf({ attributes, outcomes }: AbstentionObserved): Quantity[] {
  return [
    { kind: 'coverage' },
    ...attributes.map((of, place): Quantity => ({ kind: 'accuracy', of, place })),
    ...outcomes.flatMap((of, place): Quantity[] => [
      { kind: 'harm-kept', of, place },
      { kind: 'harm-all', of, place },
    ]),
  ]
}

function keyOf(quantity: Quantity): string {
  return quantity.kind === 'coverage' ? quantity.kind : `${quantity.kind}/${quantity.of}`
}

function worded(quantity: Quantity, place: 'column' | 'title', ...more: Wording['values']): Wording {
  const of: Wording['values'] = quantity.kind === 'coverage' ? [] : [['of', quantity.of]]
  return says(`${place}.${quantity.kind}`, ...of, ...more)
}

function everyone(row: RowGroup, { facts, observed }: Scene): TableDraft {
  const quantities = quantitiesOf(observed)
  return {
    key: 'abstention/everyone',
    evidence: observed.evidence,
    labelSet: observed.labelSet,
    title: says('everyone-title'),
    rowHeading: says('left-undecided'),
    columns: [
      { key: 'threshold', heading: says(`threshold.${observed.by}`), unit: 'number' },
      ...quantities.map((quantity): FigureColumn => ({
        key: keyOf(quantity),
        heading: worded(quantity, 'column'),
        unit: 'share',
      })),
    ],
    rows: observed.thresholds.map((at): FigureRow => ({
      key: percentOf(at.share),
      name: { kind: 'wording', wording: says('step', ['leftShare', at.share]) },
      figures: [numberFigure(at.threshold), ...quantities.map((quantity) => figureOf(quantity, row, at, facts))],
    })),
    notes: [says(`note.${observed.by}`), says('two-denominators')],
    chart: 'none',
  }
}

function byGroup(
  rows: readonly RowGroup[],
  quantity: Quantity,
  groupBy: readonly string[],
  { facts, observed }: Scene,
): TableDraft {
  const shown = observed.thresholds.filter((_, index) => index % STEP_BY_GROUP === 0)
  return {
    key: `abstention/${keyOf(quantity)}/by/${groupBy.join('+')}`,
    evidence: observed.evidence,
    labelSet: observed.labelSet,
    title: worded(quantity, 'title', ['groupBy', groupBy.join(', ')]),
    rowHeading: says('group'),
    columns: shown.map(({ share }) => ({
      key: percentOf(share),
      heading: says('step', ['leftShare', share]),
      unit: 'share',
    })),
    rows: rows.map((row) => ({
      key: row.key,
      name: rowNameOf(row.group, says),
      figures: shown.map((at) => figureOf(quantity, row, at, facts)),
    })),
    notes: [says(`by-group.${quantity.kind}`)],
    chart: 'line',
  }
}

type At = AbstentionObserved['thresholds'][number]

/** `no-images` where nobody is kept (or, for coverage and harm over all, nobody is there). */
function figureOf(quantity: Quantity, row: RowGroup, { cells }: At, { dataset, policy }: Facts): Figure {
  const inRow = new Set(row.cells)
  const counted = cells.filter(({ cell }) => inRow.has(cell))
  const sum = (of: (cell: At['cells'][number]) => number, from = counted): number =>
    from.reduce((total, cell) => total + of(cell), 0)
  const share = (count: number, total: number): Figure => shareFigure({ count, total }, policy.alpha)
  const kept = sum((cell) => cell.kept)
  switch (quantity.kind) {
    case 'coverage':
      return share(kept, sum((cell) => cell.images)) // prettier-ignore
    case 'accuracy': {
      const isKnown = ({ cell }: At['cells'][number]): boolean =>
        dataset.cells[cell].group.some(([name, value]) => name === quantity.of && value !== UNKNOWN)
      const known = counted.filter(isKnown)
      return share(
        sum((cell) => cell.right[quantity.place], known),
        sum((cell) => cell.kept, known),
      )
    }
    case 'harm-kept':
    case 'harm-all': {
      const harmed = sum((cell) => cell.inOutcome[quantity.place])
      return share(harmed, quantity.kind === 'harm-kept' ? kept : sum((cell) => cell.images))
    }
  }
}

/** Steps are shares such as 3 / 20, which are not exact as floats. */
function percentOf(share: number): string {
  return String(Number((share * 100).toFixed(6)))
}
