import type { Facts, LabelSetFacts } from '../../types/facts.js'
import type { FigureRow, Wording } from '../../types/figures.js'
import { evidenceSourceName } from '../../types/source-name.js'
import { groupFacts } from '../group-facts.js'
import { groupingsThere } from '../groupings-there.js'
import type { ProbeFactsOf, TableDraft } from '../measure-kind.js'
import { addCounts, countOutcome } from '../outcome-rate.js'
import { addRight, countRight } from '../reading/count-right.js'
import { canRead, exactly } from '../reading/judge-label.js'
import { talliesOf } from '../reading/readable.js'
import { keyOf } from '../row-groups.js'
import { shareFigure } from '../share-figure.js'
import { says } from './words.js'

type Probe = ProbeFactsOf<'annotator-agreement'>
type Count = { readonly count: number; readonly total: number }

/** What is asked of every decider: a share of the images of some cells. */
type Quantity = {
  readonly key: string
  readonly title: (groupBy: string) => Wording
  readonly count: (evidence: string) => (cells: readonly number[]) => Count
}

/** People beside the model: for each outcome that harms, and each attribute that the labels imply, one row a decider and one column a
 *  group. Only where people's decisions are there to stand beside. */
export function deciderTables(facts: Facts, probe: Probe): TableDraft[] {
  if (!facts.evidence.some((one) => one.kind === 'decisions' && one.decidedBy !== undefined)) return []
  const groupBys = groupingsThere(facts.dataset.attributes, probe)
  return facts.labelSets.flatMap((labelSet) =>
    quantitiesOf(facts, labelSet).flatMap((quantity) =>
      groupBys.map((groupBy) => deciderTable(facts, probe, { labelSet, quantity, groupBy })),
    ),
  )
}

function deciderTable(
  facts: Facts,
  probe: Probe,
  { labelSet, quantity, groupBy }: { labelSet: LabelSetFacts; quantity: Quantity; groupBy: readonly string[] },
): TableDraft {
  const { groups, cells } = groupFacts(facts.dataset, groupBy, probe.derive)
  const everywhere = [...facts.dataset.cells.keys()]
  const rows = facts.evidence.map((evidence): FigureRow => {
    const count = quantity.count(evidence.id)
    return {
      key: evidence.id,
      name: { kind: 'text', text: evidenceSourceName(evidence, facts.models) },
      figures: [everywhere, ...cells].map((some) => shareFigure(count(some), facts.policy.alpha)),
    }
  })
  return {
    evidence: null,
    labelSet: labelSet.id,
    key: `${quantity.key}/by/${groupBy.join(' x ')}`,
    title: quantity.title(groupBy.join(', ')),
    rowHeading: says('decider.row'),
    columns: [
      { key: 'everyone', heading: says('everyone'), unit: 'share' },
      ...groups.map((group) => ({
        key: keyOf(group),
        heading: says('decider.group', ['group', group.map(([, value]) => value).join(', ')]),
        unit: 'share' as const,
      })),
    ],
    rows,
    notes: [says('decider.note')],
    chart: 'none',
  }
}

function quantitiesOf(facts: Facts, labelSet: LabelSetFacts): Quantity[] {
  const harmful = labelSet.outcomes.filter(([, harm]) => harm !== 'none').map(([id]) => id)
  const outcomes = harmful.map((id): Quantity => {
    const outcome = { id, categories: [id], isUnion: false }
    return {
      key: `rate/${id}`,
      title: (groupBy) => says('decider.rate', ['outcome', id], ['groupBy', groupBy]),
      count: (evidence) => {
        const inCells = countOutcome(talliesOf(facts, evidence, labelSet.id), labelSet, outcome)
        return (cells) => addCounts(inCells, cells)
      },
    }
  })
  const attributes = facts.dataset.attributes.filter(({ name }) => canRead(exactly(name), labelSet))
  const accuracies = attributes.map(({ name }): Quantity => ({
    key: `accuracy/${name}`,
    title: (groupBy) => says('decider.accuracy', ['attribute', name], ['groupBy', groupBy]),
    count: (evidence) => {
      const inCells = countRight(talliesOf(facts, evidence, labelSet.id), exactly(name), {
        labelSet,
        dataset: facts.dataset,
      })
      return (cells) => addRight(inCells, cells)
    },
  }))
  return [...outcomes, ...accuracies]
}
