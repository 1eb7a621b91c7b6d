import type { SystemDescription } from './definitions.js'

/** Who stands behind a report, and what only people can state: signoff.yaml beside audit.json, outside its id. Fields that nobody has
 *  filled in are null. */
export type Signoff = {
  readonly schema: 'probity/signoff@1'
  /** Id of the audit that is signed; a sign-off of another audit is refused. */
  readonly audit: string
  readonly status: 'draft' | 'final'
  /** The audited system and its use (section 3 of the report), where the plan does not state it. */
  readonly system: {
    readonly version: string | null
    readonly intendedUse: string | null
    readonly foreseeableMisuse: string | null
    readonly peopleAffected: string | null
  }
  /** Section 5: where the data came from, who labelled them, and why they were needed. */
  readonly data: {
    readonly source: string | null
    readonly labelledBy: string | null
    readonly necessity: string | null
  }
  /** Section 14: what the signer says of what was not measured. */
  readonly limits: { readonly deploymentData: string | null; readonly notMeasured: string | null }
  /** The findings register: what will be done, by whom, until when. `finding` is a fingerprint, stable between runs. */
  readonly actions: readonly FindingAction[]
  readonly prepared: Signature
  readonly reviewed: Signature
  readonly approved: Signature
  /** Last day, as 2027-11-27, on which the report should be relied on. */
  readonly expires: string | null
}

export type FindingAction = {
  readonly finding: string
  readonly owner: string | null
  readonly action: string | null
  /** As 2027-11-27. */
  readonly due: string | null
}

export type Signature = {
  readonly name: string | null
  readonly role: string | null
  readonly independentOfDeveloper: boolean | null
  /** As 2026-11-27. */
  readonly date: string | null
  readonly decision: string | null
}

export const SYSTEM_FIELDS = ['version', 'intendedUse', 'foreseeableMisuse', 'peopleAffected'] as const
export const DATA_FIELDS = ['source', 'labelledBy', 'necessity'] as const
export const LIMITS_FIELDS = ['deploymentData', 'notMeasured'] as const
export const SIGNERS = ['prepared', 'reviewed', 'approved'] as const
export const SIGNATURE_FIELDS = ['name', 'role', 'independentOfDeveloper', 'date', 'decision'] as const

export type SystemField = (typeof SYSTEM_FIELDS)[number]

/** A field that a final report needs: the section of the report it belongs to (3, 5, 14 or 19), and its path in signoff.yaml. */
export type RequiredField = { readonly section: 3 | 5 | 14 | 19; readonly path: readonly string[] }

/** Keys of a plan's free-form `system` that say what a field of the sign-off asks, without case, spaces and hyphens. */
const PLAN_KEYS: Readonly<Record<SystemField, readonly string[]>> = {
  version: ['version', 'systemversion', 'modelversion'],
  intendedUse: ['intendeduse', 'purpose', 'use'],
  foreseeableMisuse: ['foreseeablemisuse', 'foreseeableunintendeduse', 'unintendeduse', 'misuse'],
  peopleAffected: ['peopleaffected', 'affectedpeople', 'people', 'affected', 'whoisaffected'],
}

/** What the plan's `system` says of a field of the sign-off; null where it says nothing. */
export function planStates(field: SystemField, system: SystemDescription): string | null {
  return system.find(([key]) => PLAN_KEYS[field].includes(plainKey(key)))?.[1] ?? null
}

/** Whether a key of the plan's `system` answers one of the sign-off's fields. */
export function isSystemField(key: string): boolean {
  return SYSTEM_FIELDS.some((field) => PLAN_KEYS[field].includes(plainKey(key)))
}

/** A field of the audited system: what the sign-off says, else what the plan said before the run. */
export function systemField(field: SystemField, signoff: Signoff | null, system: SystemDescription): string | null {
  return signoff?.system[field] ?? planStates(field, system)
}

/** The fields of sections 3, 5, 14 and 19 that nobody has filled in, in the order of the file. A report may be final when there is none. */
export function emptyFields(signoff: Signoff, system: SystemDescription): readonly RequiredField[] {
  return [
    ...SYSTEM_FIELDS.filter((field) => systemField(field, signoff, system) === null).map((field) =>
      at(3, 'system', field),
    ),
    ...DATA_FIELDS.filter((field) => signoff.data[field] === null).map((field) => at(5, 'data', field)),
    ...LIMITS_FIELDS.filter((field) => signoff.limits[field] === null).map((field) => at(14, 'limits', field)),
    ...SIGNERS.flatMap((who) =>
      SIGNATURE_FIELDS.filter((field) => signoff[who][field] === null).map((field) => at(19, who, field)),
    ),
    ...(signoff.expires === null ? [at(19, 'expires')] : []),
  ]
}

/** Whether a report with an expiry is past its last day; both as 2027-11-27, whose order is that of time. */
export function isExpired({ expires }: Pick<Signoff, 'expires'>, today: string): boolean {
  return expires !== null && today > expires
}

function at(section: RequiredField['section'], ...path: readonly string[]): RequiredField {
  return { section, path }
}

function plainKey(key: string): string {
  return key.toLowerCase().replace(/[\s_-]/g, '')
}
