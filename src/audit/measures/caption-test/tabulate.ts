import type { Facts } from '../../types/facts.js'
import type { Figure, FigureColumn, Wording } from '../../types/figures.js'
import type { CaptionProtocol } from '../../types/captions.js'
import type { CaptionTestObserved } from '../../types/observed/caption-test.js'
import { observedBy, type ProbeFactsOf, type TableDraft } from '../measure-kind.js'
import { rowGroups, type RowGroup } from '../row-groups.js'
import { againstHalf, chosenShare, type Chosen } from './figures.js'
import { rowNameOf, sentencesOf } from '../sentences.js'

const says = sentencesOf('caption-test')

type Column =
  | { readonly key: string; readonly protocol: CaptionProtocol; readonly chosen: Chosen }
  | { readonly key: string; readonly protocol: 'fine'; readonly chosen: 'p' }

/** The columns of one protocol; of a stress test all three, which sum to 1. */
const COLUMNS: Readonly<Record<CaptionProtocol, readonly Column[]>> = {
  coarse: [{ key: 'coarse', protocol: 'coarse', chosen: 'correct' }],
  stress: [
    { key: 'stress', protocol: 'stress', chosen: 'correct' },
    { key: 'close', protocol: 'stress', chosen: 'close' },
    { key: 'other', protocol: 'stress', chosen: 'other' },
  ],
  fine: [
    { key: 'fine', protocol: 'fine', chosen: 'correct' },
    { key: 'fine-p', protocol: 'fine', chosen: 'p' },
  ],
}

/** One table for each model: how often the correct, a close or another caption is chosen, under each protocol, by group. */
export function tabulateCaptionTest(facts: Facts, probe: ProbeFactsOf<'caption-test'>): TableDraft[] {
  const { cells, attributes } = facts.dataset
  const rows = rowGroups({ cells: cells.map(({ group }) => group), attributes }, probe.groupBy, probe.derive)
  const columns = probe.measure.protocols.flatMap((protocol) => COLUMNS[protocol])
  return observedBy(facts, probe.id, 'caption-test').map((observed) => ({
    key: 'caption-test',
    evidence: observed.evidence,
    labelSet: null,
    title: says('title', ['file', observed.captions.file]),
    rowHeading: says('group'),
    columns: columns.map((column): FigureColumn => ({
      key: column.key,
      heading: says(`column.${column.key}`),
      unit: column.chosen === 'p' ? 'p' : 'share',
    })),
    rows: rows.map((row) => ({
      key: row.key,
      name: rowNameOf(row.group, says),
      figures: columns.map((column) => figureOf(column, row, observed, facts)),
    })),
    notes: notesOf(observed),
    chart: 'bars',
  }))
}

function figureOf(column: Column, row: RowGroup, { probe, protocols }: CaptionTestObserved, facts: Facts): Figure {
  const inRow = new Set(row.cells)
  const asked = protocols.find(({ protocol }) => protocol === column.protocol)?.cells ?? []
  const cells = asked.filter(({ cell }) => inRow.has(cell))
  if (column.chosen === 'p') return againstHalf(cells)
  const stream = `caption-test/${probe}/${column.key}/${row.key}`
  return chosenShare(cells, column.chosen, { alpha: facts.policy.alpha, seed: facts.seed, stream })
}

function notesOf({ clusters, protocols }: CaptionTestObserved): Wording[] {
  const missing = protocols.reduce((sum, { notProcessed }) => sum + notProcessed, 0)
  return [
    says('note'),
    ...(protocols.some(({ protocol }) => protocol === 'stress') ? [says('stress-note')] : []),
    says(`clusters.${clusters ?? 'none'}`),
    ...(missing > 0 ? [says('not-processed', ['questions', missing])] : []),
  ]
}
