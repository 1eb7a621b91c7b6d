import { describeLabelSet } from './describe-facts.js'
import type { Evidence } from './gather-evidence.js'
import { missingIn } from './measures/counted-outcomes.js'
import { rulesOf } from './measures/kinds.js'
import type { Decider } from './measures/measure-kind.js'
import type { RowCells } from './scoring/cells.js'
import type { Plan, Probe } from './types/definitions.js'
import type { MeasureKind, MeasureOf } from './types/measures.js'
import type { Observation } from './types/observations.js'

type Decided = Pick<Evidence, 'evidence' | 'decisions'> & {
  readonly cells: RowCells
  readonly processed: (row: number) => boolean
}

/** What the measures of all probes take from the decisions of everyone at once, models and people, image by image. */
export function observeDecisions(plan: Plan, decided: Decided): Observation[] {
  return plan.probes.flatMap((probe) => observeProbe(plan, probe, probe.measure.kind, decided))
}

function observeProbe<Kind extends MeasureKind>(
  plan: Plan,
  probe: Probe,
  kind: Kind,
  decided: Decided,
): readonly Observation[] {
  const { observeDecisions: observe } = rulesOf(kind)
  if (observe === undefined) return []
  const designs = plan.labelSets.flatMap((labelSet, index) =>
    missingIn(probe.measure, describeLabelSet(labelSet)) === null
      ? [{ labelSet, deciders: decidersOf(decided, index) }]
      : [],
  )
  const { cells, processed } = decided
  return observe({
    probe: probe.id,
    measure: probe.measure as MeasureOf<Kind>, // `kind` is its kind
    ...{ cells, processed, designs },
  })
}

function decidersOf({ evidence, decisions }: Decided, labelSet: number): Decider[] {
  return evidence.map((one, index) => ({
    evidence: one.id,
    source: one.kind === 'decisions' ? one.source.file : null,
    decidedBy: one.kind === 'decisions' ? (one.decidedBy ?? null) : null,
    winner: decisions[index].decisions[labelSet].winner,
  }))
}
