import { planAblations, type AblationPlan } from './definitions/plan-ablations.js'
import { countAddition, countRemovals, runnersUpAreKnown } from './scoring/ablated-cells.js'
import type { RowCells } from './scoring/cells.js'
import type { Run } from './scoring/paired-cells.js'
import type { AblationFacts } from './types/ablation.js'
import type { Warning } from './types/dataset.js'
import type { Decisions } from './types/decisions.js'
import type { Label, LabelSet, Plan } from './types/definitions.js'

type Gathered = {
  readonly decisions: readonly {
    readonly evidence: string
    readonly decisions: readonly Decisions[]
    /** Per label set and added label, the rows that the label would take; null where decisions were made elsewhere. */
    readonly taken: readonly (readonly Uint8Array[])[] | null
  }[]
  readonly cells: RowCells
  readonly processed: (row: number) => boolean
}

export type Ablated = { readonly ablations: readonly AblationFacts[]; readonly warnings: readonly Warning[] }

/** Takes labels out of every label set and adds others, one at a time, and counts which images move (measures.md B7). It follows from
 *  what was decided already: no image and no model is opened. Empty unless the plan asks for it. */
export function ablateRuns(plan: Plan, gathered: Gathered): Ablated {
  if (plan.ablate === null) return { ablations: [], warnings: [] }
  const planned = planAblations(plan)
  const runs = gathered.decisions.flatMap(({ evidence, decisions, taken }) =>
    plan.labelSets.map((labelSet, index) => ({
      evidence,
      run: { labelSet, decisions: decisions[index] },
      plan: planned[index],
      taken: taken?.[index] ?? null,
    })),
  )
  const made = runs.map((each) => [ablateOne('remove', each, gathered), ablateOne('add', each, gathered)]).flat()
  return {
    ablations: made.flatMap(({ ablations }) => ablations).map((one, index) => ({ id: `a${index + 1}`, ...one })),
    warnings: [
      ...plan.labelSets.flatMap((labelSet, index) => outcomeChosen(labelSet, planned[index])),
      ...made.flatMap(({ warnings }) => warnings),
    ],
  }
}

type PlannedRun = {
  readonly evidence: string
  readonly run: Run
  readonly plan: AblationPlan
  readonly taken: readonly Uint8Array[] | null
}
type Made = { readonly ablations: readonly Omit<AblationFacts, 'id'>[]; readonly warnings: readonly Warning[] }

function ablateOne(action: AblationFacts['action'], planned: PlannedRun, gathered: Gathered): Made {
  const labels = action === 'remove' ? planned.plan.removed : planned.plan.added
  if (labels.length === 0) return { ablations: [], warnings: [] }
  const cells = action === 'remove' ? removals(labels, planned, gathered) : additions(labels, planned, gathered)
  if (cells === null) return { ablations: [], warnings: [notApplicable(action, planned)] }
  const { evidence, run } = planned
  const ablations = labels.map(({ id, text, outcome }, index) => ({
    evidence,
    labelSet: run.labelSet.id,
    action,
    label: { id, text, outcome },
    cells: cells[index],
  }))
  return { ablations, warnings: [] }
}

/** Cells of each label that is taken out; null where the second label of some image is not known. */
function removals(labels: readonly Label[], { run }: PlannedRun, gathered: Gathered): AblationFacts['cells'][] | null {
  if (!runnersUpAreKnown(run.decisions, gathered)) return null
  const ofLabel = countRemovals(run, gathered)
  return labels.map(({ id }) => ofLabel[run.labelSet.labels.findIndex((label) => label.id === id)])
}

/** Cells of each label that is added; null where there are no vectors to score it on. */
function additions(
  labels: readonly Label[],
  { run, taken }: PlannedRun,
  gathered: Gathered,
): AblationFacts['cells'][] | null {
  return taken && labels.map(({ id }, index) => countAddition(run, { id, taken: taken[index] }, gathered))
}

function notApplicable(action: AblationFacts['action'], { evidence, run }: PlannedRun): Warning {
  const where = `${run.labelSet.id} (${evidence})`
  return action === 'remove'
    ? {
        code: 'ablation.no-runner-up',
        count: 1,
        message: `no label of ${where} is taken out: the decisions do not name the runner-up of every image`,
      }
    : {
        code: 'ablation.no-vectors',
        count: 1,
        message: `no label is added to ${where}: that needs the images' vectors, and decisions were made elsewhere`,
      }
}

function outcomeChosen({ id, labels, outcomes }: LabelSet, { added, otherOutcomes }: AblationPlan): Warning[] {
  if (otherOutcomes.length === 0) return []
  const harmless = outcomes.filter((outcome) => outcome.harm === 'none' && !otherOutcomes.includes(outcome.id))
  const message = `alternatives added to ${id} count as ${harmless[0].id}, its harmless outcome with most of the ${labels.length} labels, not as ${otherOutcomes.join(' or ')}`
  return [{ code: 'ablation.outcome-chosen', count: added.length, message }]
}
