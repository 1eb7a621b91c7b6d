import type { Facts } from '../../types/facts.js'
import type { Figure, FigureColumn, FigureTable, Wording } from '../../types/figures.js'
import type { Group } from '../../types/groups.js'
import type { FeatureSensitivityObserved } from '../../types/observed/feature-sensitivity.js'
import { groupingsThere } from '../groupings-there.js'
import { observedBy, type ProbeFactsOf, type TableDraft } from '../measure-kind.js'
import { shareFigure } from '../share-figure.js'
import {
  againstRest,
  changeFigure,
  changeOfDifference,
  differenceFigure,
  effectiveFigure,
  largestChange,
  type Limits,
} from './figures.js'
import { afterOf, changedImages, groupSides, type GroupSides, type Quantity } from './group-sides.js'
import { inShort } from './in-short.js'
import { aboutQuantity, alteredColumns, plainColumn, says } from './words.js'
import { subjectsRepeat } from '../subjects-repeat.js'
import { groupByText } from '../sentences.js'

type Probe = ProbeFactsOf<'feature-sensitivity'>

/** What every table of one label set and one grouping is made from. */
type Place = {
  readonly observed: FeatureSensitivityObserved
  readonly probe: Probe
  readonly groupBy: readonly string[]
  readonly limits: Limits
  readonly notes: readonly Wording[]
}

/** Of each label set and grouping: the share of decisions that change, then rates, changes, differences and changes of differences of
 *  every outcome, and of every accuracy, which has its robustness as well. The first table of a label set says in a sentence how much of
 *  its largest difference moves with the look of the images. */
export function tabulateSensitivity(facts: Facts, probe: Probe): TableDraft[] {
  const limits = { alpha: facts.policy.alpha, minimum: facts.policy.minimumImages }
  const groupBys = groupingsThere(facts.dataset.attributes, probe)
  return observedBy(facts, probe.id, 'feature-sensitivity').flatMap((observed) => {
    const quantities = quantitiesOf(observed)
    const grouped = groupBys.map((groupBy) => {
      const grouping = { dataset: facts.dataset, groupBy, derive: probe.derive }
      return {
        place: { observed, probe, groupBy, limits, notes: weaknesses(facts, observed) },
        moved: changedImages(observed, grouping),
        sides: quantities.map((quantity) => ({ quantity, sides: groupSides(observed, quantity, grouping) })),
      }
    })
    const short = inShort(
      grouped.flatMap(({ sides }) => sides),
      probe.measure.transforms,
      limits,
    )
    const [first, ...others] = grouped.flatMap(({ place, moved, sides }) => [
      movedTable(place, moved),
      ...sides.flatMap((one) => tablesOf(place, one.quantity, one.sides)),
    ])
    return first === undefined ? [] : [{ ...first, notes: [...short, ...first.notes] }, ...others]
  })
}

function quantitiesOf({ outcomes, attributes }: FeatureSensitivityObserved): Quantity[] {
  return [
    ...outcomes.map((id) => ({ kind: 'outcome', id }) as const),
    ...attributes.map((id) => ({ kind: 'accuracy', id }) as const),
  ]
}

/** What weakens every figure of these tables. */
function weaknesses({ dataset }: Facts, { transforms }: FeatureSensitivityObserved): Wording[] {
  const failed = transforms.flatMap(({ cells }) => cells).reduce((sum, cell) => sum + cell.failed, 0)
  return [
    ...(failed > 0 ? [says('note.failed', ['images', failed])] : []),
    ...(subjectsRepeat({ dataset }) ? [says('note.subjects')] : []),
  ]
}

type Parts = {
  readonly key: string
  readonly title: Wording
  readonly columns: readonly FigureColumn[]
  readonly rows: readonly (readonly [group: Group, figures: readonly Figure[]])[]
  readonly notes: readonly Wording[]
  readonly chart?: FigureTable['chart']
}

function tableOf({ observed, groupBy, notes }: Place, parts: Parts): TableDraft {
  return {
    evidence: observed.evidence,
    labelSet: observed.labelSet,
    key: `${parts.key}/${groupBy.join('+')}`,
    title: parts.title,
    rowHeading: says('group'),
    columns: parts.columns,
    rows: parts.rows.map(([group, figures]) => ({
      key: JSON.stringify(group),
      name: { kind: 'group', group },
      figures,
    })),
    notes: [...parts.notes, ...notes],
    chart: parts.chart ?? 'none',
  }
}

function movedTable(place: Place, moved: ReturnType<typeof changedImages>): TableDraft {
  return tableOf(place, {
    key: 'moved',
    title: says('moved.title', ['groupBy', groupByText(place.groupBy)]),
    columns: alteredColumns(place.probe.measure.transforms, 'share'),
    rows: moved.map(({ group, changed }) => [group, changed.map((share) => shareFigure(share, place.limits.alpha))]),
    notes: [says('moved.note')],
  })
}

function tablesOf(place: Place, quantity: Quantity, groups: readonly GroupSides[]): TableDraft[] {
  const tables = [
    rateTable(place, quantity, groups),
    changeTable(place, quantity, groups),
    differenceTable(place, quantity, groups),
    changeOfDifferenceTable(place, quantity, groups),
  ]
  return quantity.kind === 'accuracy' ? [...tables, effectiveTable(place, quantity, groups)] : tables
}

function rateTable(place: Place, quantity: Quantity, groups: readonly GroupSides[]): TableDraft {
  return tableOf(place, {
    ...named('rate', place, quantity),
    columns: [plainColumn('share'), ...alteredColumns(place.probe.measure.transforms, 'share')],
    rows: groups.map(({ group, own: { asTheyAre, pairs } }) => [
      group,
      [asTheyAre, ...pairs.map(afterOf)].map((rate) => shareFigure(rate, place.limits.alpha)),
    ]),
    notes: [],
    chart: 'none',
  })
}

function changeTable(place: Place, quantity: Quantity, groups: readonly GroupSides[]): TableDraft {
  return tableOf(place, {
    ...named('change', place, quantity),
    columns: alteredColumns(place.probe.measure.transforms, 'points'),
    rows: groups.map(({ group, own }) => [group, own.pairs.map((pairs) => changeFigure(pairs, place.limits))]),
    notes: [aboutQuantity('change.note', quantity)],
  })
}

function differenceTable(place: Place, quantity: Quantity, groups: readonly GroupSides[]): TableDraft {
  return tableOf(place, {
    ...named('difference', place, quantity),
    columns: [plainColumn('points'), ...alteredColumns(place.probe.measure.transforms, 'points')],
    rows: groups.map(({ group, own, rest }) => [
      group,
      [own.asTheyAre, ...own.pairs.map(afterOf)].map((share, column) =>
        againstRest(rest, ({ asTheyAre, pairs }) =>
          differenceFigure(share, column === 0 ? asTheyAre : afterOf(pairs[column - 1]), place.limits),
        ),
      ),
    ]),
    notes: [says('difference.note')],
  })
}

function changeOfDifferenceTable(place: Place, quantity: Quantity, groups: readonly GroupSides[]): TableDraft {
  const { transforms } = place.probe.measure
  return tableOf(place, {
    ...named('change-of-difference', place, quantity),
    columns: [
      { key: 'largest', heading: says('largest'), unit: 'points' },
      { key: 'ratio', heading: says('ratio'), unit: 'number' },
      ...alteredColumns(transforms, 'points'),
    ],
    rows: groups.map((sides) => {
      const largest = largestChange(sides, place.limits)
      return [
        sides.group,
        [
          largest?.change ?? { kind: 'blank' },
          largest?.ratio ?? { kind: 'blank' },
          ...sides.own.pairs.map((pairs, index) =>
            againstRest(sides.rest, (rest) => changeOfDifference(pairs, rest.pairs[index], place.limits)),
          ),
        ],
      ]
    }),
    notes: [says('change-of-difference.note'), says('note.many', ['alterations', transforms.length])],
  })
}

function effectiveTable(place: Place, quantity: Quantity, groups: readonly GroupSides[]): TableDraft {
  return tableOf(place, {
    ...named('effective', place, quantity),
    columns: alteredColumns(place.probe.measure.transforms, 'points'),
    rows: groups.map(({ group, own, rest }) => [
      group,
      own.pairs.map((pairs, index) =>
        againstRest(rest, (others) => effectiveFigure(pairs, others.pairs[index], place.limits)),
      ),
    ]),
    notes: [says('effective.note')],
  })
}

function named(table: string, { groupBy }: Place, quantity: Quantity): Pick<Parts, 'key' | 'title'> {
  return {
    key: `${table}/${quantity.kind}/${quantity.id}`,
    title: aboutQuantity(`${table}.title`, quantity, [['groupBy', groupByText(groupBy)]]),
  }
}
