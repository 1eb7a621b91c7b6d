import type { AuditResult } from '../types/audit.js'
import type { GateReasonId, GateResult } from '../types/derived.js'
import type { AuditComparison, ComparedAudit, ComparedFinding, FindingChange } from '../types/audit-comparison.js'
import { comparisonBasis } from './basis.js'
import { compareFindings, type PairedChanges } from './compare-findings.js'
import { auditDifferences, describeModels } from './differences.js'
import { byHarm } from './harm-order.js'
import { matchRuns, type MatchedRun } from './match-runs.js'

/** Order of the counts, and what a reader should see first. */
export const FINDING_CHANGES: readonly FindingChange[] = [
  'worsened',
  'added',
  'improved',
  'gone',
  'unchanged',
  'cannot-tell',
  'not-comparable',
]

/** Whether findings are compared image by image, with the changes so found. */
export type Pairing = {
  readonly pairing: AuditComparison['pairing']
  readonly unpaired: number
  readonly changes: PairedChanges
}

/** Failures to process have neither model nor label set. */
const FAILURES: MatchedRun = { evidence: [null, null], labelSets: [null, null], sources: [null, null] }

/** What differs between two audits, and what became of each finding. Pure: `id` is given the rest and says its hash. */
export function compareAudits(
  audits: readonly [AuditResult, AuditResult],
  { pairing, unpaired, changes }: Pairing,
  id: (comparison: Omit<AuditComparison, 'comparisonId' | 'schema'>) => string,
): AuditComparison {
  const [first, second] = audits
  const differences = auditDifferences(first, second)
  const input = { audits, differences, paired: changes }
  const runs = matchRuns(first.facts, second.facts)
  const findings = [...runs.flatMap((run) => compareFindings(run, input)), ...failures(input)].sort(byHarm)
  const content = {
    audits: [describe(first), describe(second)] as const,
    differences,
    basis: comparisonBasis(differences),
    pairing,
    unpaired,
    counts: FINDING_CHANGES.map(
      (change) => [change, findings.filter((finding) => finding.change === change).length] as const,
    ),
    findings,
  }
  return { schema: 'probity/comparison@1', comparisonId: id(content), ...content }
}

/** They do not depend on model or labels, so only the images and the rule decide whether they can be compared. */
function failures(input: Parameters<typeof compareFindings>[1]): ComparedFinding[] {
  return compareFindings(FAILURES, input)
}

function describe({ auditId, facts, derived, run }: AuditResult): ComparedAudit {
  return {
    auditId,
    version: facts.tool.version,
    dataset: facts.dataset.id,
    simulated: facts.simulated,
    models: [describeModels(facts)],
    labelSets: facts.labelSets.map(({ id }) => id),
    policy: facts.policy.id,
    alpha: facts.policy.alpha,
    createdUtc: run.createdUtc,
    findings: derived.findings.length,
    isIncomplete: isIncomplete(derived.gate),
  }
}

const ON_WHOLE_EVIDENCE: readonly GateReasonId[] = [
  'gate.nothing-compared',
  'gate.nothing-to-judge',
  'gate.data-limits',
  'gate.not-assured',
]

/** A gate that had nothing to judge, or whose limits are not met or not shown to hold, says nothing about the evidence. */
function isIncomplete({ result, reasons }: GateResult): boolean {
  return result === 'evidence-incomplete' && reasons.some(({ id }) => !ON_WHOLE_EVIDENCE.includes(id))
}
