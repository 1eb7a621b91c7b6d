import { isSuperset, movesToOldLabels, requireFlowToAddedLabels } from './designs/superset-flow.js'
import { describeLabelSet } from './describe-facts.js'
import { planJoint, planPairs, type JointRuns, type PairOfRuns } from './findings/plan-pairs.js'
import { countJointCells } from './scoring/joint-cells.js'
import { countPairedCells, type Run } from './scoring/paired-cells.js'
import type { RowCells } from './scoring/cells.js'
import type { Dataset, Warning } from './types/dataset.js'
import type { Decisions } from './types/decisions.js'
import type { LabelSet, Plan } from './types/definitions.js'
import type { EvidenceFacts } from './types/facts.js'
import type { JointFacts, PairedCell } from './types/paired.js'

type Gathered = {
  readonly evidence: readonly EvidenceFacts[]
  readonly decisions: readonly { readonly evidence: string; readonly decisions: readonly Decisions[] }[]
  readonly dataset: Dataset
  readonly cells: RowCells
  readonly processed: (row: number) => boolean
}

type RunOf = Run & { readonly labelSet: LabelSet }

export type PairedRuns = {
  readonly paired: readonly (PairOfRuns & { readonly cells: readonly PairedCell[] })[]
  readonly joint: readonly JointFacts[]
  readonly warnings: readonly Warning[]
}

/** Compares the runs of an audit image by image: its label sets with the first of them, its models with the first of them. An added label
 *  can only take images from the others; where decisions of our own say otherwise they are wrong, and the audit stops. */
export function pairRuns(plan: Plan, gathered: Gathered): PairedRuns {
  const { evidence, cells, processed } = gathered
  const ids = evidence.map(({ id }) => id)
  const labelSets = plan.labelSets.map(describeLabelSet)
  const runOf = ([from, labelSet]: readonly [string, string]): RunOf => findRun(plan, gathered, from, labelSet)
  const counting = { cells, processed, nearTie: plan.policy.nearTie }
  const pairs = planPairs(plan.probes, labelSets, ids).map((pair) => ({ pair, runs: runsOf(pair).map(runOf) }))
  const warnings = pairs.flatMap(({ pair, runs: [first, second] }) => {
    if (pair.kind !== 'designs' || !isSuperset(first.labelSet, second.labelSet)) return []
    if (evidence.find(({ id }) => id === pair.evidence[0])?.kind === 'decisions') return oddFlow(first, second)
    requireFlowToAddedLabels(first, second)
    return []
  })
  return {
    paired: pairs.map(({ pair, runs: [first, second] }) => ({
      ...pair,
      cells: countPairedCells(first, second, counting),
    })),
    joint: planJoint(plan.probes, labelSets, ids).map((joint: JointRuns) => ({
      ...joint,
      cells: countJointCells(joint.runs.map(runOf), counting),
    })),
    warnings,
  }
}

function runsOf({ evidence, labelSets }: PairOfRuns): (readonly [string, string])[] {
  return evidence.map((id, index) => [id, labelSets[index]] as const)
}

function findRun(plan: Plan, { decisions }: Gathered, evidence: string, labelSetId: string): RunOf {
  const index = plan.labelSets.findIndex(({ id }) => id === labelSetId)
  const made = decisions.find((each) => each.evidence === evidence)?.decisions[index]
  if (made === undefined) throw new RangeError(`no decisions of ${evidence} under ${labelSetId}`)
  return { labelSet: plan.labelSets[index], decisions: made }
}

/** Decisions made elsewhere are taken as they are; that they cannot come from one model under both label sets must be said. */
function oddFlow(first: RunOf, second: RunOf): Warning[] {
  const count = movesToOldLabels(first, second).reduce((sum, { images }) => sum + images, 0)
  if (count === 0) return []
  const sets = `${first.labelSet.id} and ${second.labelSet.id}`
  const message = `${count} images move between old labels of ${sets}, though labels were only added: these decisions do not come from one set of scores`
  return [{ code: 'decisions.flow-between-old-labels', count, message }]
}
