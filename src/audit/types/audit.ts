import type { Derived } from './derived.js'
import type { Facts } from './facts.js'

/** What may differ between two runs of one plan; outside the audit id. */
export type RunRecord = {
  readonly createdUtc: string
  readonly durations: readonly (readonly [stage: string, seconds: number])[]
  readonly cacheHits: number
  readonly commandLine: string
  readonly host: { readonly node: string; readonly os: string }
}

export type AuditResult = {
  readonly schema: 'probity/audit@1'
  readonly auditId: string
  readonly facts: Facts
  readonly derived: Derived
  readonly run: RunRecord
}
