import { outcomeTasks } from '../findings/outcome-tasks.js'
import type { Contrast, Finding } from '../types/derived.js'
import type { Facts } from '../types/facts.js'
import type { GateReasonId, GateResult, LimitResult, WaiverRecord } from '../types/gate.js'
import { incompleteEvidence } from './incomplete-evidence.js'
import { judgeLimit } from './judge-limit.js'
import { ABOUT_DATA, gateSubject } from './subject.js'
import { coverBy, waiverRecords } from './waivers.js'

type Reason = GateResult['reasons'][number]

/** What was found, in the order in which it was found. */
export type Found = { readonly contrasts: readonly Contrast[]; readonly findings: readonly Finding[] }

/** Holds what was counted and found against the limits set before the run. Evidence comes first: with too many unreadable images, or
 *  failures that differ between groups, no conclusion is drawn whatever the limits say. Each limit decides on intervals, never on points.
 *  `tasks` may be handed in if they are known already. Pure function of its input.
 *  Throws RangeError where findings and counts do not belong together, or a policy with waivers comes without a day. */
export function evaluateGate(facts: Facts, found: Found, tasks = outcomeTasks(facts)): GateResult {
  const { mode, limits: asked } = facts.policy
  const subject = gateSubject(facts, tasks, found)
  const cover = coverBy(subject)
  const limits = asked.map((limit) => judgeLimit(limit, subject, { cover }))
  const waivers = waiverRecords(facts, limits)
  const contrasts = new Map(found.contrasts.map((contrast) => [contrast.id, contrast] as const))
  const incomplete = incompleteEvidence(facts, found.findings, contrasts)
  if (incomplete.length > 0) {
    const open = limits.map((limit) => withoutConclusion(limit))
    return { result: 'evidence-incomplete', mode, reasons: incomplete, findings: [], limits: open, waivers }
  }
  const concluded = conclude(facts, limits, waivers)
  const findings = concluded.result === 'failed' ? limits.flatMap((limit) => limit.findings) : []
  return {
    result: concluded.result,
    mode,
    reasons: concluded.reasons,
    findings: [...new Set(findings)],
    limits,
    waivers,
  }
}

function withoutConclusion({ resultReason: _before, ...limit }: LimitResult): LimitResult {
  return { ...limit, result: 'cannot-tell', resultReason: 'evidence-incomplete', findings: [] }
}

type Concluded = Pick<GateResult, 'result' | 'reasons'>

/** Harm shown comes before data missed: a limit that the data exceed fails whatever another cannot tell. */
function conclude(facts: Facts, limits: readonly LimitResult[], waivers: readonly WaiverRecord[]): Concluded {
  const { policy } = facts
  const because = (id: GateReasonId, ...values: Reason['values']): Reason => ({ id, values })
  if (limits.length === 0) return { result: 'not-requested', reasons: [] }
  const having = (result: LimitResult['result']): LimitResult[] => limits.filter((limit) => limit.result === result)
  const failed = having('failed').filter(({ kind }) => !ABOUT_DATA.includes(kind))
  const expired = waivers.filter(({ state }) => state === 'expired')
  const failures = [
    ...(failed.length === 0
      ? []
      : [because('gate.failed.limits', ['exceeded', failed.length], ['limits', limits.length], ['policy', policy.id])]),
    ...(expired.length === 0 ? [] : [because('gate.failed.waiver-expired', ['waivers', expired.length])]),
  ]
  if (failures.length > 0) return { result: 'failed', reasons: failures }

  const short = having('failed')
  if (short.length > 0)
    return {
      result: 'evidence-incomplete',
      reasons: [because('gate.data-limits', ['short', short.length], ['limits', limits.length])],
    }
  const open = [
    ...looksAtNothing(limits).map((names) => because('gate.nothing-to-judge', ['policy', policy.id], ['names', names])),
    ...hadTooFew(limits).map((names) =>
      because('gate.nothing-compared', ['minimum', policy.minimumImages], ['names', names]),
    ),
    ...notAssured(limits).map((count) => because('gate.not-assured', ['open', count], ['limits', limits.length])),
  ]
  if (open.length > 0) return { result: 'evidence-incomplete', reasons: open }
  const onHarm = limits.filter(({ kind }) => !ABOUT_DATA.includes(kind))
  if (onHarm.length === 0) return { result: 'passed', reasons: [because('gate.passed.data', ['policy', policy.id])] }
  if (onHarm.every(({ resultReason }) => resultReason === 'no-threshold'))
    return { result: 'not-requested', reasons: [because('gate.only-reported', ['policy', policy.id])] }
  const cases = limits.reduce((sum, { counts }) => sum + counts.waived, 0)
  return {
    result: 'passed',
    reasons: [
      because(policy.mode === 'assurance' ? 'gate.passed.assured' : 'gate.passed', ['policy', policy.id]),
      ...(cases === 0 ? [] : [because('gate.waived', ['cases', cases])]),
    ],
  }
}

/** Limits that select nothing of this run, or nothing under some name in them, each with these names; none or one text. A mistyped limit beside one that holds must not pass unseen. */
function looksAtNothing(limits: readonly LimitResult[]): string[] {
  return namesOf(
    limits.filter(({ resultReason, missing = [] }) => resultReason === 'nothing-selected' || missing.length > 0),
  )
}

/** Limits for which no group had enough images, by name; none or one text. */
function hadTooFew(limits: readonly LimitResult[]): string[] {
  return namesOf(limits.filter(({ resultReason }) => resultReason === 'all-insufficient'))
}

/** How many limits have cases that mode assurance asks to be shown; none or one number. */
function notAssured(limits: readonly LimitResult[]): number[] {
  const { length } = limits.filter(({ resultReason }) => resultReason === 'unsettled')
  return length === 0 ? [] : [length]
}

function namesOf(limits: readonly LimitResult[]): string[] {
  return limits.length === 0 ? [] : [limits.map(nameOf).join(', ')]
}

function nameOf({ id, missing = [] }: LimitResult): string {
  return missing.length === 0 ? id : `${id} (${missing.join(', ')})`
}
