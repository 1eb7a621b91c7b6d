import type { Contrast, Finding } from '../types/derived.js'
import type { Facts } from '../types/facts.js'
import type { GateResult } from '../types/gate.js'
import { FAILURE_PROBE } from '../types/failure-probe.js'

type Reason = GateResult['reasons'][number]

/** Why no conclusion may be drawn, whatever the findings say; empty where one may. */
export function incompleteEvidence(
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
