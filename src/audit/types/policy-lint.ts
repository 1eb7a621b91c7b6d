import type { LimitKind, GateMode } from './policy.js'

/** How often one limit says what, in simulated audits whose groups all have one rate. */
export type LintedRate = {
  readonly groupBy: readonly string[]
  /** Common true rate of all groups. */
  readonly rate: number
  /** Shares of the simulated audits. */
  readonly failed: number
  readonly passed: number
  readonly cannotTell: number
  /** Share in which a number lies beyond the bound as it stands, whatever its interval; null where the limit bounds no number. */
  readonly byPoint: number | null
}

export type LintWarning =
  /** Chance alone fails the limit too often. */
  | { readonly kind: 'fails-by-chance'; readonly rate: number; readonly share: number }
  /** In mode assurance it hardly ever passes by this grouping where all groups are equal, whatever their rate; and a limit needs every grouping. */
  | { readonly kind: 'never-passes'; readonly groupBy: readonly string[] }
  /** These of its groupings are not among the sizes given, so nothing was found out about it there. Absent: none of them is. */
  | { readonly kind: 'not-simulated'; readonly groupings?: readonly (readonly string[])[] }
  /** Groups have fewer images than the limit asks, whatever is decided. */
  | { readonly kind: 'too-few-images'; readonly groups: number }

export type LintedLimit = {
  readonly id: string
  readonly kind: LimitKind
  readonly rates: readonly LintedRate[]
  readonly warnings: readonly LintWarning[]
}

/** What `probity policy lint` says of a policy at the sizes of some groups. */
export type PolicyLint = {
  readonly policy: { readonly id: string; readonly sha256: string; readonly mode: GateMode }
  readonly groups: readonly { readonly groupBy: readonly string[]; readonly sizes: readonly number[] }[]
  readonly seed: number
  /** Simulated audits for each rate and grouping. */
  readonly audits: number
  readonly limits: readonly LintedLimit[]
}
