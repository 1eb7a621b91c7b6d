import { createRandom } from '../../statistics/random.js'
import type { Facts } from '../../types/facts.js'
import type { FigureRow, RowName } from '../../types/figures.js'
import type { ObservationOf } from '../../types/observations.js'
import { groupFacts } from '../group-facts.js'
import { groupingsThere } from '../groupings-there.js'
import { observedBy, type ProbeFactsOf, type TableDraft } from '../measure-kind.js'
import { keyOf } from '../row-groups.js'
import { numberFigure } from '../share-figure.js'
import { agreementOf, type Pattern } from './agreement.js'
import { says } from './words.js'

type Probe = ProbeFactsOf<'annotator-agreement'>
type Seen = ObservationOf<'annotator-agreement'>

/** How far people agree, over all images and in every group: one table for each file, condition and label set. */
export function alphaTables(facts: Facts, probe: Probe): TableDraft[] {
  return observedBy(facts, probe.id, 'annotator-agreement').map((seen) => alphaTable(facts, probe, seen))
}

function alphaTable(facts: Facts, probe: Probe, seen: Seen): TableDraft {
  const inCell = new Map(seen.cells.map(({ cell, patterns }) => [cell, patterns] as const))
  const patternsIn = (cells: readonly number[]): Pattern[] => cells.flatMap((cell) => inCell.get(cell) ?? [])
  const row = (key: string, name: RowName, cells: readonly number[]): FigureRow => {
    const stream = ['agreement', probe.id, seen.labelSet, seen.source, seen.condition, key].join('/')
    const settings = { draws: probe.measure.draws, level: facts.policy.alpha }
    const { images, alpha, observed } = agreementOf(patternsIn(cells), settings, createRandom(facts.seed, stream))
    return { key, name, figures: [numberFigure(images), alpha, observed] }
  }
  const everyone = row('everyone', { kind: 'wording', wording: says('everyone') }, [...facts.dataset.cells.keys()])
  const groupBys = groupingsThere(facts.dataset.attributes, probe)
  const inGroups = groupBys.flatMap((groupBy) => {
    const { groups, cells } = groupFacts(facts.dataset, groupBy, probe.derive)
    return groups.map((group, place) => row(keyOf(group), { kind: 'group', group }, cells[place]))
  })
  return {
    evidence: null,
    labelSet: seen.labelSet,
    key: seen.condition === null ? 'alpha' : `alpha/${seen.condition}`,
    title:
      seen.condition === null
        ? says('alpha.title', ['people', seen.annotators.length], ['source', seen.source])
        : says(
            'alpha.title-condition',
            ['people', seen.annotators.length],
            ['source', seen.source],
            ['condition', seen.condition],
          ),
    rowHeading: says('group'),
    columns: [
      { key: 'images', heading: says('alpha.images'), unit: 'count' },
      { key: 'alpha', heading: says('alpha.alpha'), unit: 'number' },
      { key: 'observed', heading: says('alpha.observed'), unit: 'share' },
    ],
    rows: [everyone, ...inGroups],
    notes: [says('alpha.note'), says('alpha.interval', ['draws', probe.measure.draws])],
    chart: 'none',
  }
}
