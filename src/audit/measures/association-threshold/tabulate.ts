import type { Facts, LabelSetFacts } from '../../types/facts.js'
import type { Wording } from '../../types/figures.js'
import type { AssociationObserved } from '../../types/observed/association-threshold.js'
import { groupingsThere } from '../groupings-there.js'
import { observedBy, type ProbeFactsOf, type TableDraft } from '../measure-kind.js'
import { associationTable, contrastsOf, type Contrasted } from './association-tables.js'
import { groupLabels } from './group-labels.js'
import { namedTable } from './named-table.js'
import { summaryTable } from './summary-table.js'
import { says } from './words.js'
import { subjectsRepeat } from '../subjects-repeat.js'
import { groupByText } from '../sentences.js'

type Probe = ProbeFactsOf<'association-threshold'>

/** For every label set: what the thresholds are worth, then the labels most associated with each group at each threshold, then the labels
 *  that a publication names. */
export function tabulateAssociations(facts: Facts, probe: Probe): TableDraft[] {
  return observedBy(facts, probe.id, 'association-threshold').flatMap((observed) => {
    const labelSet = facts.labelSets.find(({ id }) => id === observed.labelSet)
    if (labelSet === undefined) throw new RangeError(`no label set ${String(observed.labelSet)} in the facts`)
    return tablesOf(observed, labelSet, { facts, probe })
  })
}

type Scene = { readonly facts: Facts; readonly probe: Probe }

function tablesOf(observed: AssociationObserved, { labels }: LabelSetFacts, { facts, probe }: Scene): TableDraft[] {
  const { measure } = probe
  const { alpha } = facts.policy
  const caveats: readonly Wording[] = subjectsRepeat(facts) ? [says('note.subjects')] : []
  const { evidence, labelSet } = observed
  const summary = summaryTable(observed, labels, { thresholds: measure.thresholds, alpha, caveats })
  const names = labels.map(({ id }) => id)
  const tables = groupingsThere(facts.dataset.attributes, probe).flatMap((groupBy, place) => {
    const at = observed.thresholds.map(({ threshold, cells }) => {
      const groups = groupLabels(cells, names, { dataset: facts.dataset, groupBy, derive: probe.derive })
      return { threshold, contrasts: contrastsOf(groups) }
    })
    const lists = at.flatMap(({ threshold, contrasts }) =>
      contrasts.map((contrasted) => {
        const key = keyOf({ threshold, place, groupBy, contrasted })
        const of = {
          key,
          evidence,
          labelSet,
          groupBy: groupByText(groupBy),
          threshold,
          measure,
          labels,
          alpha,
          caveats,
        }
        return associationTable(contrasted, of)
      }),
    )
    const pairs = at.flatMap(({ threshold, contrasts: [contrasted] }) =>
      contrasted === undefined || contrasted.rest.name === null ? [] : [{ threshold, contrasted }],
    )
    // a source names its labels for two groups: they stand beside the first grouping alone
    if (measure.named === null || place > 0) return lists
    const { named, keyness } = measure
    const of = { evidence, labelSet, named, keyness, labels, alpha, simulated: facts.simulated, caveats }
    const table = namedTable(pairs, of)
    return table === null ? lists : [...lists, table]
  })
  return [summary, ...tables]
}

/** `association/0.005` for the two values of the first grouping; more is said where that would not tell tables apart. */
function keyOf(of: { threshold: number; place: number; groupBy: readonly string[]; contrasted: Contrasted }): string {
  const { threshold, place, groupBy, contrasted } = of
  const parts = ['association', String(threshold)]
  if (place > 0) parts.push(groupBy.join('+'))
  if (contrasted.rest.name === null) parts.push(contrasted.target.name)
  return parts.join('/')
}
