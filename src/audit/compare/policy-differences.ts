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
  ['failOn', ({ failOn }) => failOn.join(', ')],
]

/** Each limit of two policies that is not the same, old and new. */
export function policyDifferences(first: Policy, second: Policy): AuditDifference[] {
  return LIMITS.flatMap(([name, of]) => {
    const [before, after] = [first, second].map((policy) => String(of(policy)))
    return before === after ? [] : [{ kind: 'policy' as const, name, first: before, second: after }]
  })
}
