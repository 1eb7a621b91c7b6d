import type { DerivedAttribute, Harm, Implication, Policy } from './definitions.js'
import type { Measure } from './measures.js'
import type { Bounds } from './derived.js'
import type { Group, Reference } from './groups.js'

/** A rate as it may be published. Every null is `suppressed`: a small count, or one from which a small count could be found. */
export type PublishedRate = {
  readonly count: number | null
  readonly total: number | null
  readonly value: number | null
  readonly reason?: 'suppressed'
}

export type PublishedRow = PublishedRate & {
  readonly group: Group
  readonly interval: readonly [low: number, high: number] | null
  readonly method: 'wilson' | 'wilson-effective'
}

/** A difference or ratio with its plain interval; undefined ones are null, with the audit's own reason. */
export type PublishedComparison = {
  readonly value: number | null
  readonly interval: Bounds | null
  /** The upper bound is infinite (it is written as null). */
  readonly unbounded?: true
  readonly reason?: string
}

export type PublishedVerdict =
  | { readonly kind: 'disparity'; readonly direction: 'higher' | 'lower' }
  | { readonly kind: 'within-margin'; readonly settledBy: 'difference' | 'ratio' | 'each-side' }
  | {
      readonly kind: 'inconclusive' | 'insufficient'
      readonly reason:
        'interval-too-wide' | 'few-events' | 'near-ties-decide' | 'group-too-small' | 'reference-too-small'
    }

export type PublishedContrast = {
  readonly group: Group
  readonly reference: Reference
  /** The reference where it is one group, else null: everyone else, or everyone. */
  readonly referenceGroup: Group | null
  /** All null where a side is suppressed. */
  readonly difference: PublishedComparison | null
  readonly ratio: PublishedComparison | null
  readonly verdict: PublishedVerdict | null
  readonly q: number | null
  readonly reason?: 'suppressed'
  /** The verdict rests on the other comparisons of its family too (Holm), and one of them is suppressed. */
  readonly verdictReason?: 'suppressed'
  /** q rests on the other comparisons of its family too; or the audit gives none. */
  readonly qReason?: string
}

/** One outcome over the groups of one grouping. */
export type PublishedTableOfRates = {
  readonly probe: string
  /** null, with the label set, for failure-to-process. */
  readonly evidence: string | null
  readonly labelSet: string | null
  readonly outcome: string
  readonly groupBy: readonly string[]
  /** All groups without an unknown value together. */
  readonly everyone: PublishedRate
  readonly rows: readonly PublishedRow[]
  /** null where the data choose who is compared with whom, and a rate that they choose by is suppressed. */
  readonly contrasts: readonly PublishedContrast[] | null
  readonly contrastsReason?: 'suppressed'
}

/** Limits without waivers: a waiver names who answers for it and says of a group that a limit was exceeded there. */
export type PublishedPolicy = Omit<Policy, 'waivers' | 'sha256'> & {
  /** null where the policy has waivers: the hash is over them too, and guesses at them could be tried against it. */
  readonly sha256: string | null
  readonly sha256Reason?: 'covers-waivers'
}

/** What of an audit of private data may be given away: no cell that a person could be found in. */
export type PublishedAudit = {
  readonly schema: 'probity/published@1'
  readonly simulated: boolean
  readonly tool: { readonly name: 'probity'; readonly version: string }
  readonly suppression: {
    /** Counts below this are not disclosed. */
    readonly minDisclosed: number
    /** Counts and totals of the tables, each number once, and how many of them are suppressed. Not told: how many of these are small
     *  themselves, since two small cells that add up to 18 would be 9 and 9. */
    readonly cells: number
    readonly suppressed: number
  }
  readonly dataset: {
    readonly id: string
    readonly crop: string | null
    readonly licence: string | null
    /** Absent where nobody says. */
    readonly permittedUse?: string
  }
  readonly models: readonly { readonly id: string; readonly name: string; readonly sha256: string }[]
  readonly evidence: readonly {
    readonly id: string
    readonly kind: 'embeddings' | 'vectors' | 'decisions'
    readonly model: string | null
    /** The model that vectors made elsewhere are said to come from; absent for the others. */
    readonly name?: string
  }[]
  readonly policy: PublishedPolicy
  readonly labelSets: readonly {
    readonly id: string
    readonly title: string
    readonly sha256: string
    readonly templates: readonly string[]
    readonly promptsSha256: string
    readonly outcomes: readonly (readonly [outcome: string, harm: Harm])[]
    readonly labels: readonly {
      readonly id: string
      readonly text: string
      readonly outcome: string
      readonly implies: readonly Implication[]
    }[]
  }[]
  readonly probes: readonly {
    readonly id: string
    readonly sha256: string
    readonly question: string
    readonly measure: Measure
    readonly derive: readonly DerivedAttribute[]
    readonly caveats: readonly string[]
  }[]
  readonly tables: readonly PublishedTableOfRates[]
  /** What is not here at all, and why. */
  readonly leftOut: readonly { readonly what: LeftOut; readonly why: LeftOutReason }[]
}

export type LeftOut =
  | 'near-ties'
  | 'label-errors'
  | 'estimates'
  | 'distributions'
  | 'changes'
  | 'ablations'
  | 'gate'
  | 'waivers'
  | 'failure-to-process'
/** `rests-on-small-cells`: computed from cells of any size. `undecided-images`: attempts and decisions beside one another would
 *  tell how many images have no decision. `names-people`: whoever answers for it, in their own words. */
export type LeftOutReason = 'rests-on-small-cells' | 'undecided-images' | 'names-people'
