import { changeRecords } from '../findings/change-records.js'
import { planChanges } from '../findings/plan-changes.js'
import { labelSetDifference } from '../findings/plan-pairs.js'
import type { AuditResult } from '../types/audit.js'
import type { Facts, LabelSetFacts } from '../types/facts.js'
import type { ChangeRecord, PairedCell } from '../types/paired.js'
import { pairedKey } from './compare-findings.js'
import type { MatchedRun } from './match-runs.js'

/** Changes of every outcome rate of the second audit's probes between two runs, by the rule of the second audit and the
 *  stricter of the two margins: a looser limit must not hide a change. `cells` are
 *  counted image by image, one per cell of the second audit's dataset. */
export function changesBetween(
  [first, second]: readonly [AuditResult, AuditResult],
  run: MatchedRun,
  cells: readonly PairedCell[],
): (readonly [key: string, change: ChangeRecord])[] {
  const labelSets = [named('first', first.facts, run.labelSets[0]), named('second', second.facts, run.labelSets[1])]
  const pair = {
    id: 'p1',
    kind: 'designs',
    evidence: ['e1', 'e2'],
    ...labelSetDifference(labelSets[0], labelSets[1]),
  } as const
  const margin = {
    ...second.facts.policy.margin,
    difference: Math.min(first.facts.policy.margin.difference, second.facts.policy.margin.difference),
  }
  const policy = { ...second.facts.policy, margin }
  const paired = planChanges([{ ...pair, cells }], { ...second.facts, labelSets, policy })
  return changeRecords({ ...second.facts, labelSets, paired }).map(
    (change) => [pairedKey(run, change), change] as const,
  )
}

/** The label sets of two audits may share an id and differ. */
function named(id: string, facts: Facts, labelSetId: string | null): LabelSetFacts {
  const found = facts.labelSets.find((labelSet) => labelSet.id === labelSetId)
  if (found === undefined) throw new RangeError(`no label set ${labelSetId} in this audit`)
  return { ...found, id }
}
