import type { Facts } from '../../types/facts.js'
import type { FigureRow } from '../../types/figures.js'
import { groupingsThere } from '../groupings-there.js'
import type { ProbeFactsOf, TableDraft } from '../measure-kind.js'
import { keyOf } from '../row-groups.js'
import { shareFigure } from '../share-figure.js'
import { everywhere, inGroups, type Read } from '../reading/readable.js'
import { readingWording, says } from './words.js'

type Probe = ProbeFactsOf<'attribute-accuracy'>

/** Every reading of one label set in every group of a grouping: the tables that stand behind the verdicts on being wrong. */
export function groupTables(facts: Facts, probe: Probe, all: readonly Read[]): TableDraft[] {
  const groupBys = groupingsThere(facts.dataset.attributes, probe)
  return facts.evidence.flatMap(({ id: evidence }) =>
    facts.labelSets.flatMap((labelSet) => {
      const read = all.filter((one) => one.evidence === evidence && one.labelSet.id === labelSet.id)
      return read.length === 0 ? [] : groupBys.map((groupBy) => groupTable(facts, probe, groupBy, read))
    }),
  )
}

function groupTable(facts: Facts, probe: Probe, groupBy: readonly string[], read: readonly Read[]): TableDraft {
  const { grouped, count } = inGroups(facts, probe, groupBy)
  const { alpha } = facts.policy
  const counts = read.map(count)
  const everyone: FigureRow = {
    key: 'everyone',
    name: { kind: 'wording', wording: says('everyone') },
    figures: read.map((one) => shareFigure(everywhere(one), alpha)),
  }
  const [first] = read
  const off = read.flatMap((one) => {
    const { offAttribute } = everywhere(one)
    return offAttribute === 0 ? [] : [says('off-attribute', ['reading', one.reading.id], ['images', offAttribute])]
  })
  return {
    evidence: first.evidence,
    labelSet: first.labelSet.id,
    key: `accuracy/by/${groupBy.join(' x ')}`,
    title: says('by.title', ['groupBy', groupBy.join(', ')]),
    rowHeading: says('by.row', ['groupBy', groupBy.join(', ')]),
    columns: read.map(({ reading }) => ({ key: reading.id, heading: readingWording(reading), unit: 'share' })),
    rows: [
      everyone,
      ...grouped.groups.map((group, place) => ({
        key: keyOf(group),
        name: { kind: 'group' as const, group },
        figures: counts.map((ofReading) => shareFigure(ofReading[place], alpha)),
      })),
    ],
    notes: [says('denominator'), ...off],
    chart: groupBy.length === 1 ? 'dots' : 'none',
  }
}
