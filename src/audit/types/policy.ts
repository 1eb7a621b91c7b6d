import type { Group } from './groups.js'
import type { Harm } from './harm.js'

/** The practical margin: a disparity must exceed both `difference` (share 0 to 1) and `ratio`. */
export type Margin = { readonly difference: number; readonly ratio: number }

/** How a family of comparisons is corrected for their number: alpha / m for each, or Holm's step-down. */
export type Adjustment = 'bonferroni' | 'holm'

/** `regression` fails on evidence that a limit is exceeded; `assurance` passes only where the data show that none is. */
export type GateMode = 'regression' | 'assurance'

/** What a limit looks at. An absent part leaves nothing out, but that outcomes which harm nobody are looked at only where `outcomes` or
 *  `harms` name them. */
export type Selection = {
  readonly probes?: readonly string[]
  readonly labelSets?: readonly string[]
  readonly outcomes?: readonly string[]
  readonly harms?: readonly Harm[]
  /** Families by what they group by: [[race], [race, gender]]. */
  readonly groupBy?: readonly (readonly string[])[]
}

/** What a limit asks. Bounds are shares from 0 to 1, but for `ratio`. */
export type LimitAsks =
  /** No finding is a disparity towards harm. */
  | { readonly kind: 'disparity' }
  /** No group's rate lies further than this above its reference. */
  | { readonly kind: 'difference'; readonly atMost: number }
  /** No group's rate is more than this many times its reference. */
  | { readonly kind: 'ratio'; readonly atMost: number }
  /** Each group's favourable rate over the best group's. Without `atLeast` it is only reported. Groups with a smaller share of the
   *  images than `leaveOutUnder` are listed and left out. */
  | { readonly kind: 'impact-ratio'; readonly atLeast?: number; readonly leaveOutUnder?: number }
  /** No group's rate is above this, also where all are alike. */
  | { readonly kind: 'ceiling'; readonly atMost: number }
  /** Every group has as many images (subjects, where the dataset names them). */
  | { readonly kind: 'minimum-sample'; readonly images: number }
  /** Images with a decision, of the rows that were not left out on purpose: overall and in every group. */
  | { readonly kind: 'coverage'; readonly atLeast: number }

export type LimitKind = LimitAsks['kind']
export type Limit = { readonly id: string } & Selection & LimitAsks

/** Why what a limit finds is let through, by whom, and until when. Without `finding`, `group`, `outcome` and `labelSet` it covers all. */
export type Waiver = {
  readonly limit: string
  /** Fingerprint of a finding. */
  readonly finding?: string
  readonly group?: Group
  readonly outcome?: string
  readonly labelSet?: string
  readonly owner: string
  readonly reason: string
  /** The last day on which it holds, as YYYY-MM-DD. */
  readonly expires: string
}

/** Limits set before the run. */
export type Policy = {
  readonly id: string
  readonly title: string
  readonly alpha: number
  readonly minimumImages: number
  readonly margin: Margin
  readonly adjustment: Adjustment
  /** Top-1 minus top-2 cosine at or below which an image is near-tied. */
  readonly nearTie: number
  /** Share of rows that may be quarantined before the evidence counts as incomplete. */
  readonly quarantineLimit: number
  /** Random redistributions behind every parity null. */
  readonly permutations: number
  readonly mode: GateMode
  /** Empty: no gate is requested. */
  readonly limits: readonly Limit[]
  readonly waivers: readonly Waiver[]
  /** Said wherever the policy is used: what is known to be weak about it. Absent: nothing. */
  readonly warning?: string
  readonly sha256: string
}

/** A limit that is only reported, whatever is found. */
export function asksNothing(limit: Limit): boolean {
  return limit.kind === 'impact-ratio' && limit.atLeast === undefined
}

/** The same attributes in any order: a policy may write both orders of a grouping, of which a probe makes one. */
export function sameAttributes(first: readonly string[], second: readonly string[]): boolean {
  return [...first].sort().join('\n') === [...second].sort().join('\n')
}
