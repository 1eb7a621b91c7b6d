import type { LabelSet, Policy } from './definitions.js'
import type { ProbeOutcome } from './measures.js'
import type { RunRecord } from './audit.js'
import type { DatasetFacts, EvidenceFacts, ModelFacts } from './facts.js'
import type { Group } from './groups.js'

/** How several templates become one decision. `mean`: unit vectors averaged (CLIP 3.1.4). `each`: every template is a specification of its
 *  own. `worst-case`: an image counts as inside an outcome if any template puts it there. */
export type Ensembling = 'mean' | 'each' | 'worst-case'

/** One choice of one factor, by name. */
export type GridChoice = {
  readonly id: string
  readonly note: string
  /** What it says word for word: `['template', sentence]`, or `[label id, text]` for labels that are reworded or added. */
  readonly texts?: readonly (readonly [what: string, text: string])[]
}

/** A decision a designer makes: the template, the wording, a synonym of one label, a neutral alternative. */
export type GridFactor = { readonly id: string; readonly choices: readonly GridChoice[] }

/** One cell of the grid: everything that was chosen, and the label set that follows. */
export type Specification = {
  /** Index of the choice of each factor. */
  readonly choices: readonly number[]
  readonly labels: number
  /** Over every filled prompt and how they are joined: two specifications with equal hashes ask the model the same. */
  readonly promptsSha256: string
}

/** Counts of one outcome over the groups of one groupBy, in every specification. */
export type CurveTable = {
  readonly outcome: ProbeOutcome
  readonly groupBy: readonly string[]
  readonly groups: readonly Group[]
  /** Whether each group can be compared; `unknown` cannot. */
  readonly comparable: readonly boolean[]
  /** Decided images of each group; the same in every specification. */
  readonly totals: readonly number[]
  /** Images inside the outcome: counts[specification][group]. */
  readonly counts: readonly (readonly number[])[]
  readonly jointNull: JointNull
}

/** What chance alone gives over all specifications at once: attribute values are redistributed over the images, once per draw for every
 *  specification. It needs every decision, so it is drawn during the run and kept with what was seen. */
export type JointNull = {
  readonly draws: number
  /** Per group: 95th percentile and mean of the median absolute difference to everyone else, and of the share of specifications with a disparity
   *  beyond the margins (point estimates); p as (draws that reach the observed + 1) / (draws + 1). null for groups that are not compared. */
  readonly groups: readonly (JointNullOfGroup | null)[]
}

export type JointNullOfGroup = {
  readonly medianDifference: { readonly mean: number; readonly percentile95: number; readonly p: number }
  readonly shareBeyondMargin: { readonly mean: number; readonly percentile95: number; readonly p: number }
}

export type CurveFacts = {
  readonly simulated: boolean
  readonly tool: { readonly name: 'probity'; readonly version: string }
  readonly grid: {
    readonly id: string
    readonly title: string
    readonly source: string
    readonly sha256: string
    /** Cells of the cross left out because they ask the model the same as an earlier one. */
    readonly repeated: number
  }
  readonly labelSet: LabelSet
  readonly policy: Policy
  readonly seed: number
  readonly dataset: {
    readonly id: string
    readonly crop: string | null
    readonly manifestSha256: string
    readonly licence: string | null
    readonly rows: DatasetFacts['rows']
    /** Distinct subjects, or null where the dataset names none. Images are taken as independent all the same. */
    readonly subjects: number | null
  }
  readonly model: ModelFacts
  readonly evidence: EvidenceFacts
  readonly factors: readonly GridFactor[]
  readonly specifications: readonly Specification[]
  /** Index of the specification that is the label set as written; null where the grid leaves it out. */
  readonly asWritten: number | null
  readonly tables: readonly CurveTable[]
}

export type CurveVerdict = 'higher' | 'lower' | 'within-margin' | 'inconclusive' | 'insufficient'

/** One group against everyone else, over all specifications. */
export type CurveRecord = {
  readonly table: number
  readonly outcome: string
  readonly groupBy: readonly string[]
  readonly group: Group
  /** Difference of the rates to everyone else in each specification; null where a side is empty. */
  readonly differences: readonly (number | null)[]
  /** Its interval at level 1 - alpha, for reading. */
  readonly intervals: readonly (readonly [low: number, high: number] | null)[]
  /** By the verdict rule, at alpha / m with m the groups x outcomes of one specification. */
  readonly verdicts: readonly CurveVerdict[]
  readonly shares: Readonly<Record<CurveVerdict, number>>
  readonly lowest: number | null
  readonly quartiles: readonly [first: number, median: number, third: number] | null
  readonly highest: number | null
  /** The difference is above zero in some specifications and below in others. */
  readonly changesSign: boolean
  /** Share of the variance of the difference over the grid that each factor explains alone, in order of the factors, and what is left
   *  (interactions); null with a reason. */
  readonly variance: { readonly factors: readonly number[]; readonly rest: number } | null
  readonly varianceReason?: 'no-variation' | 'unbalanced' | 'no-images'
  /** Where the grid is unbalanced: the largest range of the difference over the choices of one factor, all else equal. */
  readonly ranges?: readonly number[]
}

/** Do the groups keep their order from specification to specification? Kendall's W of their rates. */
export type RankStability = {
  readonly table: number
  readonly outcome: string
  readonly groupBy: readonly string[]
  readonly kendallW: number | null
  readonly reason?: 'single-group' | 'no-variation'
}

export type CurveDerived = { readonly records: readonly CurveRecord[]; readonly ranks: readonly RankStability[] }

/** The file `curve.json`. `derived` follows from `facts`; the id is over both. */
export type CurveResult = {
  readonly schema: 'probity/curve@1'
  readonly curveId: string
  readonly facts: CurveFacts
  readonly derived: CurveDerived
  readonly run: RunRecord
}
