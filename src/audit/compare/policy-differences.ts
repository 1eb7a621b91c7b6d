import type { AuditDifference } from '../types/audit-comparison.js'
import type { Policy } from '../types/definitions.js'

const LIMITS: readonly (readonly [name: string, of: (policy: Policy) => unknown])[] = [
  ['alpha', ({ alpha }) => alpha],
  ['minimumImages', ({ minimumImages }) => minimumImages],
  ['margin.difference', ({ margin }) => margin.difference],
  ['margin.ratio', ({ margin }) => margin.ratio],
  ['adjustment', ({ adjustment }) => adjustment],
  ['nearTie', ({ nearTie }) => nearTie],
  ['quarantineLimit', ({ quarantineLimit }) => quarantineLimit],
  ['permutations', ({ permutations }) => permutations],
  ['mode', ({ mode }) => mode],
  ['limits', ({ limits }) => JSON.stringify(limits)],
  ['waivers', ({ waivers }) => JSON.stringify(waivers)],
]

/** Limits that decide how a run ends or what is drawn at random beside the verdicts; a verdict never hangs on them. */
const MOVE_NO_VERDICT: readonly string[] = ['quarantineLimit', 'permutations', 'mode', 'limits', 'waivers']

/** Whether a verdict can be another one because this limit is. */
export function movesVerdicts(limit: string): boolean {
  return !MOVE_NO_VERDICT.includes(limit)
}

/** Whether a limit that can move a verdict is another one. */
export function differsInLimits(differences: readonly AuditDifference[]): boolean {
  return differences.some(({ kind, name }) => kind === 'policy' && movesVerdicts(name))
}

/** Each limit of two policies that is not the same, old and new. */
export function policyDifferences(first: Policy, second: Policy): AuditDifference[] {
  return LIMITS.flatMap(([name, of]) => {
    const [before, after] = [first, second].map((policy) => String(of(policy)))
    return before === after ? [] : [{ kind: 'policy' as const, name, first: before, second: after }]
  })
}
