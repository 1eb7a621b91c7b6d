import { derive } from '../audit/derive.js'
import { failingOnDisparity } from '../audit/definitions/policy.js'
import { readPolicy } from '../audit/definitions/shipped.js'
import { runGate, type GateOutcome } from '../audit/run-gate.js'
import type { AuditResult } from '../audit/types/audit.js'
import { dayAsked, today, type KnownDay } from './day.js'

/** By which policy, and as of which day, a saved audit is judged again; `gate` and `report` share these flags. */
export type GateChoice = {
  readonly policy?: string
  readonly failOn?: 'disparity'
  readonly on?: string
}

/** A saved audit with the gate asked for. `--fail-on disparity` adds a limit as in `audit`: where the policy did not have it, it was declared after
 *  the run. Throws DefinitionError where the policy cannot be read, has another `nearTie`, `--on` is no day, or waivers would be judged by a
 *  clock that cannot be right. */
export function chosenGate(saved: AuditResult, flags: GateChoice): GateOutcome & { readonly day: string } {
  const named = flags.policy === undefined ? null : readPolicy(flags.policy)
  const policy = flags.failOn === undefined ? named : failingOnDisparity(named ?? saved.facts.policy)
  const isDayAsked = flags.on !== undefined || (policy ?? saved.facts.policy).waivers.length > 0
  const day = isDayAsked ? dayAsked(flags.on, [dayOfRun(saved)]) : today()
  return { ...runGate(saved, { policy, day }), day }
}

/** The same for whole reports: of another policy everything that depends on its level and margin is derived again, not the gate alone. */
export function gatedForReport(saved: AuditResult, flags: GateChoice): Pick<GateOutcome, 'audit' | 'isSetBefore'> {
  const { audit, isSetBefore } = chosenGate(saved, flags)
  return { audit: isSetBefore ? audit : { ...audit, derived: derive(audit.facts) }, isSetBefore }
}

/** The day on which a saved audit was made, as its file says. */
export function dayOfRun({ run }: Pick<AuditResult, 'run'>): KnownDay {
  return { day: run.createdUtc.slice(0, 'YYYY-MM-DD'.length), what: 'the audit was made' }
}
