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
  if (limits.every(({ resultReason }) => resultReason === 'no-threshold'))
    return { result: 'not-requested', reasons: [because('gate.only-reported', ['policy', policy.id])] }
  const judged = limits.filter(({ result }) => result === 'passed' || result === 'waived')
  if (judged.length === 0 && limits.some(({ resultReason }) => resultReason === 'all-insufficient'))
    // a gate that nothing reached must not read as a gate that was passed
    return {
      result: 'evidence-incomplete',
      reasons: [because('gate.nothing-compared', ['minimum', policy.minimumImages])],
    }
  if (judged.length === 0 && having('cannot-tell').length === 0)
    return { result: 'evidence-incomplete', reasons: [because('gate.nothing-to-judge', ['policy', policy.id])] }

  const open = limits.filter(
    ({ result, resultReason }) => result === 'cannot-tell' || resultReason === 'nothing-selected',
  )
  if (policy.mode === 'assurance' && open.length > 0)
    return {
      result: 'evidence-incomplete',
      reasons: [because('gate.not-assured', ['open', open.length], ['limits', limits.length])],
    }
  const cases = limits.reduce((sum, { counts }) => sum + counts.waived, 0)
  return {
    result: 'passed',
    reasons: [
      because(policy.mode === 'assurance' ? 'gate.passed.assured' : 'gate.passed', ['policy', policy.id]),
      ...(cases === 0 ? [] : [because('gate.waived', ['cases', cases])]),
    ],
  }
}
