import type { OutcomeTask } from '../findings/outcome-tasks.js'
import type { LimitCase, LimitReason, LimitResult, LimitOutcome } from '../types/gate.js'
import { asksNothing, type GateMode, type Limit } from '../types/policy.js'
import { ceilingCases, groupsUnderCeiling } from './ceiling-cases.js'
import { coverageCases, sampleCases } from './data-cases.js'
import { disparityCases } from './disparity-cases.js'
import { impactCases, pairsInImpact } from './impact-cases.js'
import { marginCases } from './margin-cases.js'
import { comparisonsIn, namesOfNothing, selectedTasks, type GateSubject } from './subject.js'

/** What covers a case: the place of a waiver in force, or null. */
export type Cover = (limit: Limit, found: LimitCase) => number | null

/** Holds one limit against the data: every case, and what they come to. m is fixed before any decision is looked at. */
export function judgeLimit(limit: Limit, subject: GateSubject, { cover }: { readonly cover: Cover }): LimitResult {
  const { mode, alpha } = subject.facts.policy
  const tasks = selectedTasks(limit, subject)
  const { m, cases: found, level } = casesOf(limit, tasks, { subject, alpha })
  const cases = found.map((one) => {
    const waiver = one.standing === 'exceeded' ? cover(limit, one) : null
    return waiver === null ? one : { ...one, waiver }
  })
  const counts = countCases(cases)
  const exceeded = cases.filter(({ standing }) => standing === 'exceeded').sort(worstFirst(limit))
  const isWaived = ({ waiver }: LimitCase): boolean => waiver !== undefined
  // what fails the gate comes first: a case that is let through must not stand for it
  const beyond = [...exceeded.filter((one) => !isWaived(one)), ...exceeded.filter(isWaived)]
  const ranked = cases.filter(isJudged).sort(worstFirst(limit))
  const [worst] = [...beyond, ...ranked]
  const bound = boundOf(limit)
  const missing = namesOfNothing(limit, subject)
  return {
    id: limit.id,
    kind: limit.kind,
    ...outcomeOf(limit, counts, { mode, total: cases.length, isWhole: missing.length === 0 }),
    ...(missing.length === 0 ? {} : { missing }),
    ...(bound === null ? {} : { bound }),
    m,
    ...(typeof level === 'number' ? { level } : { level: null, levelReason: level }),
    counts,
    ...(worst === undefined
      ? { worst: null, worstReason: cases.length === 0 ? ('nothing-selected' as const) : ('all-insufficient' as const) }
      : { worst }),
    cases: limit.kind === 'impact-ratio' ? cases : beyond,
    findings: [...new Set(beyond.flatMap(({ finding, waiver }) => (waiver === undefined ? (finding ?? []) : [])))],
  }
}

type Cases = {
  readonly m: number
  readonly cases: readonly LimitCase[]
  readonly level: number | 'by-family' | 'counted'
}

function casesOf(
  limit: Limit,
  tasks: readonly OutcomeTask[],
  { subject, alpha }: { readonly subject: GateSubject; readonly alpha: number },
): Cases {
  const sum = (count: (task: OutcomeTask) => number): number => tasks.reduce((total, task) => total + count(task), 0)
  const judged = (m: number, cases: (task: OutcomeTask, level: number) => LimitCase[]): Cases => {
    const level = alpha / Math.max(1, m)
    return { m, level, cases: tasks.flatMap((task) => cases(task, level)) }
  }
  const counted = (cases: LimitCase[]): Cases => ({ m: cases.length, level: 'counted', cases })
  switch (limit.kind) {
    case 'disparity':
      return {
        m: sum(comparisonsIn),
        level: 'by-family',
        cases: tasks.flatMap((task) => disparityCases(task, subject)),
      }
    case 'difference':
    case 'ratio':
      return judged(sum(comparisonsIn), (task, level) => marginCases(task, { ...limit, level }, subject))
    case 'ceiling':
      return judged(sum(groupsUnderCeiling), (task, level) => ceilingCases(task, { ...limit, level }, subject))
    case 'impact-ratio': {
      const { atLeast = null, leaveOutUnder = 0 } = limit
      return judged(
        sum((task) => pairsInImpact(task, leaveOutUnder)),
        (task, level) => impactCases(task, { atLeast, leaveOutUnder, level }, subject),
      )
    }
    case 'minimum-sample':
      return counted(sampleCases(tasks, limit.images))
    case 'coverage':
      return counted(coverageCases(tasks, limit.atLeast, subject.facts))
  }
}

function countCases(cases: readonly LimitCase[]): LimitResult['counts'] {
  const of = (wanted: LimitCase['standing']): number => cases.filter(({ standing }) => standing === wanted).length
  return {
    exceeded: of('exceeded'),
    waived: cases.filter(({ waiver }) => waiver !== undefined).length,
    within: of('within'),
    unsettled: of('unsettled'),
    insufficient: of('insufficient'),
    leftOut: of('left-out'),
  }
}

function outcomeOf(
  limit: Limit,
  { exceeded, waived, within, unsettled, insufficient }: LimitResult['counts'],
  { mode, total, isWhole }: { readonly mode: GateMode; readonly total: number; readonly isWhole: boolean },
): { readonly result: LimitOutcome; readonly resultReason?: LimitReason } {
  if (asksNothing(limit)) return { result: 'not-applicable', resultReason: 'no-threshold' }
  if (total === 0) return { result: 'not-applicable', resultReason: 'nothing-selected' }
  if (exceeded > waived) return { result: 'failed' }
  if (exceeded + within + unsettled === 0) return { result: 'cannot-tell', resultReason: 'all-insufficient' }
  if (mode === 'assurance' && unsettled + insufficient > 0) return { result: 'cannot-tell', resultReason: 'unsettled' }
  if (!isWhole) return { result: 'cannot-tell', resultReason: 'partly-nothing' }
  return { result: waived > 0 ? 'waived' : 'passed' }
}

function isJudged({ standing }: LimitCase): boolean {
  return standing === 'exceeded' || standing === 'within' || standing === 'unsettled'
}

function boundOf(limit: Limit): number | null {
  switch (limit.kind) {
    case 'disparity':
      return null
    case 'difference':
    case 'ratio':
    case 'ceiling':
      return limit.atMost
    case 'minimum-sample':
      return limit.images
    case 'impact-ratio':
      return limit.atLeast ?? null
    case 'coverage':
      return limit.atLeast
  }
}

/** By the number that the limit bounds; a null is as bad as it gets on a ratio without a reference rate, and else no worse than any. */
function worstFirst({ kind }: Limit): (first: LimitCase, second: LimitCase) => number {
  const isLowWorse = kind === 'impact-ratio' || kind === 'minimum-sample' || kind === 'coverage'
  const rank = ({ value, valueReason }: LimitCase): number =>
    value === null
      ? valueReason === 'zero-reference-rate'
        ? Number.MAX_VALUE
        : -Number.MAX_VALUE
      : isLowWorse
        ? -value
        : value
  return (first, second) => rank(second) - rank(first)
}
