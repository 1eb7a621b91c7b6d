import type { ChangeVerdict } from './change.js'
import type { Finding } from './derived.js'
import type { Group } from './groups.js'
import type { ChangeBounds, ChangeDifference, PairedImages } from './paired.js'

/** What may differ between two audits; in the order in which a reader should hear of it. */
export type DifferenceKind =
  | 'simulated'
  | 'dataset'
  | 'crop'
  | 'attributes'
  | 'model'
  | 'preprocessing'
  | 'evidence'
  | 'label-set'
  | 'probe'
  | 'policy'
  | 'reference'
  | 'tool-version'
  | 'seed'

/** One thing that is not the same: its name (a label set, a limit), and what it was and is. null where one of the two has none. */
export type AuditDifference = {
  readonly kind: DifferenceKind
  readonly name: string
  readonly first: string | null
  readonly second: string | null
}

/** What the two audits share decides what their difference can be about. `rerun`: nothing differs but numbers. `model`, `design`, `rule`,
 *  `tool`: only that differs, so a change is about it. `data`: other images; rates are compared as of other people. `several`: more than one
 *  of them differs, so no change can be laid to any. */
export type ComparisonBasis = 'rerun' | 'model' | 'design' | 'rule' | 'tool' | 'data' | 'several'

/** `unchanged`: settled in both, or a change within the margin on the same images. `cannot-tell`: comparable, and the data decide nothing. */
export type FindingChange = 'added' | 'worsened' | 'improved' | 'unchanged' | 'cannot-tell' | 'gone' | 'not-comparable'

/** Closed: why two findings cannot be called a change. */
export type NotComparableReason =
  | 'other-images'
  | 'other-crop'
  | 'other-attributes'
  | 'other-labels'
  | 'other-preprocessing'
  | 'other-margin'
  | 'other-reference'
  | 'several-differ'
  | 'simulated-and-real'
  | 'other-evidence'

/** One side of a compared finding. */
export type ComparedSide = {
  readonly finding: string
  readonly verdict: Finding['verdict']
  readonly severity: Finding['severity']
  readonly count: number
  readonly total: number
  /** Of the rate, as each audit gives it; null without images. */
  readonly interval: ChangeBounds | null
  readonly method: 'wilson' | 'wilson-effective'
  readonly referenceCount: number
  readonly referenceTotal: number
  readonly referenceInterval: ChangeBounds | null
}

/** The rate of the group under both audits, image by image. Only where both have the same images and kept their decisions. */
export type PairedChange = {
  readonly paired: PairedImages
  readonly difference: ChangeDifference
  readonly level: number
  readonly p: number | null
  readonly verdict: ChangeVerdict
}

export type ComparedFinding = {
  readonly probe: string
  readonly evidence: readonly [first: string | null, second: string | null]
  /** What a person would call them: the model, or the file of decisions. */
  readonly sources: readonly [first: string | null, second: string | null]
  readonly labelSets: readonly [first: string | null, second: string | null]
  readonly outcome: string
  readonly groupBy: readonly string[]
  readonly group: Group
  readonly first: ComparedSide | null
  readonly second: ComparedSide | null
  readonly change: FindingChange
  /** For `not-comparable`. */
  readonly reason: NotComparableReason | null
  /** What decided: the verdicts themselves, a paired change, or (on other images) the interval of the difference of two independent rates. */
  readonly decidedBy: 'verdict' | 'paired' | null
  readonly paired: PairedChange | null
  /** Difference of the group's rate between the audits as of independent samples, with its plain interval; null where the images are the same
   *  or nothing is comparable. */
  readonly independent: { readonly value: number; readonly interval: ChangeBounds } | null
}

/** The file `comparison.json`: two audits, what differs between them, and what became of each finding. */
export type AuditComparison = {
  readonly schema: 'probity/comparison@1'
  readonly comparisonId: string
  readonly audits: readonly [first: ComparedAudit, second: ComparedAudit]
  readonly differences: readonly AuditDifference[]
  readonly basis: ComparisonBasis
  /** Whether findings are compared image by image; else why not. */
  readonly pairing: 'paired' | 'other-images' | 'no-decisions' | 'not-needed'
  /** Images decided in one of the two only, at most under any of the runs; 0 where not paired. */
  readonly unpaired: number
  readonly counts: readonly (readonly [change: FindingChange, findings: number])[]
  /** By harm: severity first, then images of the group inside the outcome. */
  readonly findings: readonly ComparedFinding[]
}

export type ComparedAudit = {
  readonly auditId: string
  readonly version: string
  readonly dataset: string
  readonly simulated: boolean
  readonly models: readonly string[]
  readonly labelSets: readonly string[]
  readonly policy: string
  /** Its plain intervals are at level 1 - alpha. */
  readonly alpha: number
  readonly createdUtc: string
  readonly findings: number
  /** Too many images could not be read or got no decision, or failures differ between groups: the audit draws no conclusion. */
  readonly isIncomplete: boolean
}
