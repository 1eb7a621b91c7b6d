import type { Facts, LabelSetFacts } from '../../types/facts.js'
import type { FigureRow, Wording } from '../../types/figures.js'
import type { MarkednessObserved } from '../../types/observed/markedness.js'
import { talliesOf } from '../reading/readable.js'
import { groupFacts } from '../group-facts.js'
import { observedBy, type ProbeFactsOf, type TableDraft } from '../measure-kind.js'
import { shareFigure } from '../share-figure.js'
import { sentencesOf } from '../sentences.js'

const says = sentencesOf('markedness')

type Probe = ProbeFactsOf<'markedness'>

/** One table for each attribute: how often the label without a group beats that of the image's own group, and how often it beats all. */
export function markednessTables(facts: Facts, probe: Probe): TableDraft[] {
  return observedBy(facts, probe.id, 'markedness').flatMap((observed) => {
    const labelSet = facts.labelSets.find(({ id }) => id === observed.labelSet)
    if (labelSet === undefined) return []
    return observed.attributes.map((one) => tableOf(facts, probe, { observed, labelSet, one }))
  })
}

type Of = {
  readonly observed: MarkednessObserved
  readonly labelSet: LabelSetFacts
  readonly one: MarkednessObserved['attributes'][number]
}

function tableOf(facts: Facts, { measure }: Probe, { observed, labelSet, one }: Of): TableDraft {
  const { alpha } = facts.policy
  const grouped = groupFacts(facts.dataset, [one.attribute], [])
  const tallies = talliesOf(facts, observed.evidence ?? '', labelSet.id)
  const unmarked = new Set(labelSet.labels.filter(({ outcome }) => outcome === measure.unmarked).map(({ id }) => id))
  const pairs = new Map(one.cells.map((cell) => [cell.cell, cell] as const))
  const rows = grouped.groups.flatMap((group, place): FigureRow[] => {
    if (!grouped.comparable[place]) return []
    const cells = grouped.cells[place]
    const sum = (of: (cell: number) => number): number => cells.reduce((total, cell) => total + of(cell), 0)
    const pairwise = {
      count: sum((cell) => pairs.get(cell)?.unmarked ?? 0),
      total: sum((cell) => pairs.get(cell)?.images ?? 0),
    }
    const chosen = (cell: number): number =>
      tallies[cell].counts.reduce((total, [label, images]) => total + (unmarked.has(label) ? images : 0), 0)
    const all = { count: sum(chosen), total: sum((cell) => tallies[cell].total) }
    const figures = [shareFigure(pairwise, alpha), shareFigure(all, alpha)]
    return [{ key: group[0][1], name: { kind: 'group', group }, figures }]
  })
  const words = labelSet.labels.filter(({ id }) => unmarked.has(id)).map(({ text }) => text)
  return {
    evidence: observed.evidence,
    labelSet: labelSet.id,
    key: `markedness/${one.attribute}`,
    title: says('title', ['attribute', one.attribute]),
    rowHeading: says('group', ['attribute', one.attribute]),
    columns: [
      { key: 'pairwise', heading: says('pairwise'), unit: 'share' },
      { key: 'all-labels', heading: says('all-labels'), unit: 'share' },
    ],
    rows,
    notes: [says('note.unmarked', ['words', words.join(', ')]), says('note.read'), ...tieNotes(one)],
    chart: 'dots',
  }
}

/** Where no image is tied there is nothing to say. */
function tieNotes({ cells }: MarkednessObserved['attributes'][number]): Wording[] {
  const ties = cells.reduce((sum, cell) => sum + cell.ties, 0)
  return ties === 0 ? [] : [says('note.ties', ['images', ties])]
}
