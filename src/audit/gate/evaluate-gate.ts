import { FAILURE_PROBE } from '../findings/outcome-tasks.js'
import type { Contrast, Finding, GateResult } from '../types/derived.js'
import type { Facts } from '../types/facts.js'

type Reason = GateResult['reasons'][number]

/** Holds the findings against the limits set before the run. Evidence comes first: with too many unreadable images, or failures
 *  that differ between groups, no conclusion is drawn whatever the findings say. */
export function evaluateGate(
  facts: Facts,
  findings: readonly Finding[],
  contrasts: ReadonlyMap<string, Contrast>,
): GateResult {
  const incomplete = incompleteEvidence(facts, findings, contrasts)
  if (incomplete.length > 0) return { result: 'evidence-incomplete', reasons: incomplete, findings: [] }
  if (facts.policy.failOn.length === 0) return { result: 'not-requested', reasons: [], findings: [] }
  const probed = findings.filter(({ contrast }) => contrasts.get(contrast)?.probe !== FAILURE_PROBE)
  if (probed.every(({ verdict }) => verdict.kind === 'insufficient')) {
    // a gate that nothing reached must not read as a gate that was passed
    const reason: Reason = { id: 'gate.nothing-compared', values: [['minimum', facts.policy.minimumImages]] }
    return { result: 'evidence-incomplete', reasons: [reason], findings: [] }
  }
  const harmful = probed.filter(isHarmfulDisparity)
  if (harmful.length === 0)
    return { result: 'passed', reasons: [{ id: 'gate.passed', values: [['policy', facts.policy.id]] }], findings: [] }
  const reason: Reason = {
    id: 'gate.failed.disparity',
    values: [
      ['disparities', harmful.length],
      ['policy', facts.policy.id],
    ],
  }
  return { result: 'failed', reasons: [reason], findings: harmful.map(({ id }) => id) }
}

function incompleteEvidence(
  facts: Facts,
  findings: readonly Finding[],
  contrasts: ReadonlyMap<string, Contrast>,
): Reason[] {
  const { rows } = facts.dataset
  const attempted = rows.processed + rows.quarantined
  const overLimit: Reason[] =
    rows.quarantined > facts.policy.quarantineLimit * attempted || rows.processed === 0
      ? [
          {
            id: 'gate.quarantine-over-limit',
            values: [
              ['q', rows.quarantined],
              ['rows', attempted],
              ['limit', facts.policy.quarantineLimit],
            ],
          },
        ]
      : []
  const undecided = mostUndecided(facts)
  const tooManyUndecided: Reason[] =
    undecided > facts.policy.quarantineLimit * rows.processed
      ? [
          {
            id: 'gate.undecided-over-limit',
            values: [
              ['undecided', undecided],
              ['processed', rows.processed],
              ['limit', facts.policy.quarantineLimit],
            ],
          },
        ]
      : []
  const differing = findings.filter(
    ({ verdict, contrast }) => verdict.kind === 'disparity' && contrasts.get(contrast)?.probe === FAILURE_PROBE,
  )
  const failuresDiffer: Reason[] =
    differing.length > 0 ? [{ id: 'gate.failures-differ', values: [['comparisons', differing.length]] }] : []
  return [...overLimit, ...tooManyUndecided, ...failuresDiffer]
}

/** On a harm rate, lower than the reference is no harm to the group. */
function isHarmfulDisparity({ verdict, harm }: Finding): boolean {
  return verdict.kind === 'disparity' && verdict.direction === 'higher' && harm !== 'none'
}

/** Images without a decision, under the label set that has most of them. Decisions made elsewhere may leave images out. */
function mostUndecided({ evidence, labelSets, tallies }: Facts): number {
  const undecided = evidence.flatMap(({ id }) =>
    labelSets.map((labelSet) =>
      tallies
        .filter((tally) => tally.evidence === id && tally.labelSet === labelSet.id)
        .reduce((sum, tally) => sum + tally.undecided, 0),
    ),
  )
  return Math.max(0, ...undecided)
}
