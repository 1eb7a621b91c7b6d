import type { Derived } from './derived.js'
import type { DeviceChoice } from './device.js'
import type { Facts } from './facts.js'

/** Which device embedded images with a model, and why not the others. */
export type ModelDevice = { readonly model: string } & DeviceChoice

/** What may differ between two runs of one plan; outside the audit id. */
export type RunRecord = {
  readonly createdUtc: string
  readonly durations: readonly (readonly [stage: string, seconds: number])[]
  readonly cacheHits: number
  readonly commandLine: string
  readonly host: { readonly node: string; readonly os: string }
  /** Absent where the CPU was asked for, or nothing was embedded. */
  readonly devices?: readonly ModelDevice[]
}

export type AuditResult = {
  readonly schema: 'probity/audit@1'
  readonly auditId: string
  readonly facts: Facts
  readonly derived: Derived
  readonly run: RunRecord
}
