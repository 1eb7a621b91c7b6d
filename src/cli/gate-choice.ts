import { derive } from '../audit/derive.js'
import { failingOnDisparity } from '../audit/definitions/policy.js'
import { readPolicy } from '../audit/definitions/shipped.js'
import { runGate, type GateOutcome } from '../audit/run-gate.js'
import type { AuditResult } from '../audit/types/audit.js'
import { dayAsked } from './day.js'

/** By which policy, and as of which day, a saved audit is judged again; `gate` and `report` share these flags. */
export type GateChoice = {
  readonly policy?: string
  readonly failOn?: 'disparity'
  readonly on?: string
}

/** A saved audit with the gate asked for. `--fail-on disparity` adds a limit as in `audit`: where the policy did not have it, it was declared after
 *  the run. Throws DefinitionError where the policy cannot be read, has another `nearTie`, or `--on` is no day. */
export function chosenGate(saved: AuditResult, flags: GateChoice): GateOutcome & { readonly day: string } {
  const day = dayAsked(flags.on)
  const named = flags.policy === undefined ? null : readPolicy(flags.policy)
  const policy = flags.failOn === undefined ? named : failingOnDisparity(named ?? saved.facts.policy)
  return { ...runGate(saved, { policy, day }), day }
}

/** The same for whole reports: of another policy everything that depends on its level and margin is derived again, not the gate alone. */
export function gatedForReport(saved: AuditResult, flags: GateChoice): Pick<GateOutcome, 'audit' | 'isSetBefore'> {
  const { audit, isSetBefore } = chosenGate(saved, flags)
  return { audit: isSetBefore ? audit : { ...audit, derived: derive(audit.facts) }, isSetBefore }
}
