import type { Group, Reference } from './groups.js'
import type { GateMode, LimitKind, Waiver } from './policy.js'
import type { ReasonCode } from './verdict.js'

/** Closed: a new member breaks the build until the reports have a sentence for it. */
export type GateReasonId =
  | 'gate.passed'
  | 'gate.passed.assured'
  | 'gate.passed.data'
  | 'gate.waived'
  | 'gate.failed.limits'
  | 'gate.failed.waiver-expired'
  | 'gate.data-limits'
  | 'gate.not-assured'
  | 'gate.quarantine-over-limit'
  | 'gate.undecided-over-limit'
  | 'gate.failures-differ'
  | 'gate.nothing-compared'
  | 'gate.nothing-to-judge'
  | 'gate.only-reported'

/** Where one group stands before one limit. `left-out`: too small a share of the images for an impact ratio. `best`: the group that the
 *  others of an impact ratio are held against, which nothing judges. */
export type CaseStanding = 'exceeded' | 'within' | 'unsettled' | 'insufficient' | 'left-out' | 'best'

/** Why a number is null, or why a case is not settled. */
export type CaseReason =
  | Extract<
      ReasonCode,
      | 'no-images'
      | 'group-too-small'
      | 'reference-too-small'
      | 'interval-too-wide'
      | 'few-events'
      | 'near-ties-decide'
      | 'zero-reference-rate'
      | 'both-rates-zero'
    >
  | 'best-group'
  | 'share-too-small'
  /** A count, which no interval belongs to. */
  | 'counted'

/** A number with the interval that decides, at the level of the limit. A null `bounds[1]` with `unbounded` is infinite. */
export type BoundedValue = {
  readonly value: number | null
  readonly valueReason?: CaseReason
  readonly bounds: readonly [low: number, high: number | null] | null
  readonly boundsReason?: CaseReason
  readonly unbounded?: true
}

/** One group (everyone, where it is absent) before one limit, with both sides as counts. */
export type LimitCase = BoundedValue & {
  readonly probe?: string
  readonly evidence?: string
  readonly labelSet?: string
  readonly outcome?: string
  readonly groupBy: readonly string[]
  readonly group?: Group
  /** Images inside the outcome (of an impact ratio: outside, the favourable side), of all; of a sample its images, of coverage the decided ones. */
  readonly count: number
  readonly total: number
  /** The side it is compared with; absent where the limit compares nobody. */
  readonly against?: {
    readonly reference: Reference
    /** Absent for everyone else, or everyone. */
    readonly group?: Group
    readonly count: number
    readonly total: number
  }
  /** Of an impact ratio: the ratio on the other, adverse side. */
  readonly adverse?: BoundedValue
  /** Id of the finding on the same comparison. */
  readonly finding?: string
  readonly standing: CaseStanding
  readonly reason?: CaseReason
  /** Place in the gate's waivers of the one that covers it. */
  readonly waiver?: number
}

export type LimitOutcome = 'passed' | 'failed' | 'cannot-tell' | 'waived' | 'not-applicable'

/** Why a limit cannot tell, or does not apply. */
export type LimitReason =
  'nothing-selected' | 'partly-nothing' | 'all-insufficient' | 'unsettled' | 'evidence-incomplete' | 'no-threshold'

/** One limit of the policy, held against the data. */
export type LimitResult = {
  readonly id: string
  readonly kind: LimitKind
  readonly result: LimitOutcome
  readonly resultReason?: LimitReason
  /** Names in the limit under which the run has nothing, such as an attribute that the dataset lacks; absent where there is none. */
  readonly missing?: readonly string[]
  /** The bound that the policy names; absent for `disparity` and for a ratio that is only reported. */
  readonly bound?: number
  /** Comparisons, or groups, that the limit judges; each interval is at level 1 - alpha / m. Of `disparity` the sum over families, whose own m decide. */
  readonly m: number
  /** alpha / m; null where verdicts of findings decide (each at its family's level), or plain counts do. */
  readonly level: number | null
  readonly levelReason?: 'by-family' | 'counted'
  /** How many cases stand where; those waived are exceeded too. */
  readonly counts: {
    readonly exceeded: number
    readonly waived: number
    readonly within: number
    readonly unsettled: number
    readonly insufficient: number
    readonly leftOut: number
  }
  /** The case furthest beyond the bound, or nearest to it; null where nothing was judged. */
  readonly worst: LimitCase | null
  readonly worstReason?: 'nothing-selected' | 'all-insufficient' | 'evidence-incomplete'
  /** Cases beyond the limit; of an impact ratio all. */
  readonly cases: readonly LimitCase[]
  /** Findings on the cases beyond the limit that no waiver covers. */
  readonly findings: readonly string[]
}

/** A waiver of the policy on the day of the gate, with the cases that it covers. */
export type WaiverRecord = Waiver & { readonly state: 'in-force' | 'expired'; readonly covers: number }

export type GateResult = {
  readonly result: 'passed' | 'failed' | 'evidence-incomplete' | 'not-requested'
  readonly mode: GateMode
  readonly reasons: readonly {
    readonly id: GateReasonId
    readonly values: readonly (readonly [name: string, value: string | number])[]
  }[]
  /** Findings that made the gate fail. */
  readonly findings: readonly string[]
  /** In the order of the policy. */
  readonly limits: readonly LimitResult[]
  readonly waivers: readonly WaiverRecord[]
}
