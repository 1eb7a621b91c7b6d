import type { MeasureRules, ObserveDecisionsInput } from '../measure-kind.js'
import { alphaTables } from './alpha-tables.js'
import { countPatterns } from './count-patterns.js'
import { deciderTables } from './decider-tables.js'

/** People's decisions beside the model's (CLIP paper, section 4), and how far people agree with one another, by group. */
export const annotatorAgreementRules: MeasureRules<'annotator-agreement'> = {
  missing: () => null,
  observeDecisions: ({ probe, designs, cells, processed }) =>
    designs.flatMap(({ labelSet, deciders }) =>
      panelsOf(deciders).map(({ source, condition, people }) => ({
        kind: 'annotator-agreement' as const,
        probe,
        evidence: null,
        labelSet: labelSet.id,
        source,
        condition,
        annotators: people.map(({ annotator }) => annotator),
        categories: labelSet.labels.map(({ id }) => id),
        cells: countPatterns(
          people.map(({ winner }) => winner),
          labelSet.labels.length,
          { cells, processed },
        ),
      })),
    ),
  tabulate: (facts, probe) => [...alphaTables(facts, probe), ...deciderTables(facts, probe)],
}

type Deciders = ObserveDecisionsInput<'annotator-agreement'>['designs'][number]['deciders']
type Person = { readonly annotator: string; readonly winner: Int32Array }
type Panel = { readonly source: string; readonly condition: string | null; readonly people: Person[] }

/** People who judged under one condition, as one file gives them; their majority is not one of them. */
function panelsOf(deciders: Deciders): Panel[] {
  const panels = new Map<string, Panel>()
  for (const { source, decidedBy, winner } of deciders) {
    if (source === null || decidedBy?.kind !== 'annotator') continue
    const { condition, annotator } = decidedBy
    const key = JSON.stringify([source, condition])
    const panel: Panel = panels.get(key) ?? { source, condition, people: [] }
    panel.people.push({ annotator, winner })
    panels.set(key, panel)
  }
  return [...panels.values()].filter(({ people }) => people.length > 1)
}
