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
  readonly actions: readonly {
    readonly finding: string
    readonly owner: string | null
    readonly action: string | null
    readonly due: string | null
  }[]
  readonly prepared: Signature
  readonly reviewed: Signature
  readonly approved: Signature
  /** Last day, as 2027-11-27, on which the report should be relied on. */
  readonly expires: string | null
}

export type Signature = {
  readonly name: string | null
  readonly role: string | null
  readonly independentOfDeveloper: boolean | null
  /** As 2026-11-27. */
  readonly date: string | null
  readonly decision: string | null
}
