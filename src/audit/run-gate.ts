import { canonicalJson } from './audit-file/canonical-json.js'
import { DefinitionError } from './errors.js'
import { judgeCounts } from './derive.js'
import { planFamilies } from './findings/plan-probe.js'
import { evaluateGate } from './gate/evaluate-gate.js'
import { requireUnchanged } from './require-unchanged.js'
import type { AuditResult } from './types/audit.js'
import type { Facts } from './types/facts.js'
import type { Policy } from './types/policy.js'

/** What a gate says of a saved audit, and the audit with it in place of its own. */
export type GateOutcome = {
  readonly audit: AuditResult
  /** The policy is the one that the audit was made with; another one was declared after the run. */
  readonly isSetBefore: boolean
  /** The gate of the file is the one that follows from its counts on its own day; null for another policy. */
  readonly isAsSaved: boolean | null
}

/** Holds a saved audit against its own policy, or against another one, on a day (YYYY-MM-DD) that decides which waivers are in force.
 *  Everything is derived again from the counts: families, verdicts at the policy's level and margin, limits. No image and no model is opened.
 *  Throws DefinitionError where the file is not as probity wrote it, by its id or its policy's hash, or where the other policy calls other images near-tied: those were counted when the audit ran. */
export function runGate(
  saved: AuditResult,
  asked: { readonly policy: Policy | null; readonly day: string },
): GateOutcome {
  requireUnchanged(saved, 'audit.json')
  const { policy: own } = saved.facts
  const policy = asked.policy ?? own
  if (policy.nearTie !== saved.facts.nearTie) {
    throw new DefinitionError('gate.near-tie', {
      at: policy.id,
      field: 'nearTie',
      expected: `${saved.facts.nearTie}, as the audit counted near-ties`,
      received: String(policy.nearTie),
      hint: 'Run the audit again with this policy, or write it with the same nearTie.',
    })
  }
  const isSetBefore = policy.sha256 === own.sha256
  const again = derivedWith(saved, policy, asked.day)
  return {
    audit: again,
    isSetBefore,
    isAsSaved: isSetBefore ? isGateAsSaved(saved) : null,
  }
}

function derivedWith(saved: AuditResult, policy: Policy, day: string): AuditResult {
  const facts = withoutDay(saved.facts)
  const { dataset, labelSets, tallies, reference, evidence } = facts
  const planned = planFamilies(facts.probes, { dataset, labelSets, tallies, policy, reference, evidence })
  const now: Facts = { ...facts, ...planned, policy, ...(policy.waivers.length === 0 ? {} : { gateDate: day }) }
  const { rates, contrasts: entries, findings } = judgeCounts(now)
  const contrasts = entries.map(({ contrast }) => contrast)
  const gate = evaluateGate(now, { contrasts, findings })
  return { ...saved, facts: now, derived: { ...saved.derived, rates, contrasts, findings, gate } }
}

/** Only a policy with waivers has a day, and it is the one asked for now. */
function withoutDay({ gateDate: _before, ...facts }: Facts): Omit<Facts, 'gateDate'> {
  return facts
}

function isGateAsSaved({ facts, derived }: AuditResult): boolean {
  const { contrasts, findings } = judgeCounts(facts)
  const again = evaluateGate(facts, { contrasts: contrasts.map(({ contrast }) => contrast), findings })
  return canonicalJson(again) === canonicalJson(derived.gate) // a file holds rounded numbers
}
