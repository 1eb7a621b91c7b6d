import type { AblationRecord } from './ablation.js'
import type { Agreement, ChangeContrast, ChangeRecord, FlowTest, JointTest } from './paired.js'
import type { Estimate } from './estimates.js'
import type { Harm, PublishedFigure } from './definitions.js'
import type { FigureTable } from './figures.js'
import type { GateResult } from './gate.js'
import type { Group, Reference } from './groups.js'
import type { ReasonCode, Verdict } from './verdict.js'

export type Bounds = readonly [low: number, high: number | null]

/** A count over a total. `value` and `interval` are null exactly when total is 0. */
export type RateRecord = {
  readonly id: string
  readonly probe: string
  /** null for failure-to-process, which needs no model. */
  readonly evidence: string | null
  readonly labelSet: string | null
  readonly outcome: string
  readonly groupBy: readonly string[]
  /** The group; null when this is a reference side that is not one group (`restOf`, or `overall`). */
  readonly group: Group | null
  /** Id of the rate whose group is left out. */
  readonly restOf?: string
  readonly count: number
  readonly total: number
  readonly value: number | null
  readonly interval: readonly [low: number, high: number] | null
  readonly reason?: 'no-images'
  /** `wilson-effective`: several images show one subject, so the interval is that of total / designEffect images (approximate). */
  readonly method: 'wilson' | 'wilson-effective'
  /** Distinct subjects among the images; absent, with the design effect, where images are taken as independent. */
  readonly subjects?: number
  /** How many times the variance is that of as many independent images, at least 1. */
  readonly designEffect?: number
}

/** A difference or a ratio with its plain interval at level 1 - alpha (for reading) and its adjusted one (for the verdict). */
export type Comparison = {
  readonly value: number | null
  readonly reason?: ReasonCode
  readonly interval: Bounds | null
  readonly intervalReason?: ReasonCode
  /** The upper bound of `interval` is infinite (it is written as null). */
  readonly unbounded?: true
  readonly method: 'newcombe' | 'score'
  readonly adjusted: Bounds | null
  readonly adjustedReason?: ReasonCode
  readonly adjustedUnbounded?: true
}

export type Contrast = {
  readonly id: string
  readonly kind: 'groups'
  readonly probe: string
  readonly family: string
  readonly evidence: string | null
  readonly labelSet: string | null
  readonly outcome: string
  readonly groupBy: readonly string[]
  readonly sides: readonly [
    { readonly group: Group; readonly rate: string },
    { readonly reference: Reference; readonly group: Group | null; readonly rate: string },
  ]
  readonly difference: Comparison
  readonly ratio: Comparison
  /** Error level of the two adjusted intervals: alpha / m of the family, or Holm's step. */
  readonly level: number
  readonly direction: 'higher' | 'lower' | 'equal' | null
  readonly directionReason?: ReasonCode
  /** Rates of the group at which a disparity would begin, given the reference rate; null when the reference has no images. */
  readonly margins: readonly [lower: number, upper: number] | null
  readonly marginsReason?: ReasonCode
  /** The margin p: twice the largest of the four one-sided margin tests in the direction of the estimate. */
  readonly p: number | null
  readonly pReason?: ReasonCode
  readonly pMethod: 'margin'
  /** Benjamini-Hochberg q of the margin p within the family; null where no verdict is given. */
  readonly q: number | null
  readonly qReason?: ReasonCode
  /** Fisher's exact two-sided p of equal rates, for reading; null when a margin is zero. */
  readonly exactP: number | null
  readonly exactPReason?: ReasonCode
  /** Smallest true rate of the group that would be found as a disparity with 80 % power. */
  readonly detectableRate: number | null
  readonly detectableRateReason?: ReasonCode
  /** Images of the group that would probably settle an inconclusive verdict. */
  readonly needed: number | null
  readonly neededReason?: ReasonCode
  readonly labelErrors: LabelErrors
}

/** What wrong group labels would do to the verdict. */
export type LabelErrors = {
  /** Fewest images that would have to carry the wrong group label, all in the worst way, for the verdict to be another. */
  readonly fewest: number | null
  readonly fewestReason?: ReasonCode
  /** Smallest share of wrong labels on the smaller side, at random and as many in each direction, at which the verdict would be another. */
  readonly randomShare: number | null
  readonly randomShareReason?: ReasonCode
}

export type Severity = 'critical' | 'serious' | 'moderate' | 'minor'
export type VerdictKind = Verdict['kind']

export type Finding = {
  readonly id: string
  readonly contrast: string
  readonly verdict: Verdict
  /** The verdict before near-ties were tried the other way. Equal to `verdict` unless near-ties decide. */
  readonly asDecided: Verdict
  readonly harm: Harm
  /** null unless the verdict is a disparity that harms the group. */
  readonly severity: Severity | null
  readonly severityReason?: 'no-disparity' | 'no-harm'
  readonly caveats: readonly string[]
  /** probe | label set | outcome | groupBy | sides | model: stable between runs. */
  readonly fingerprint: string
  /** A whole sentence in every locale file, filled with these values. */
  readonly message: {
    readonly id: string
    readonly values: readonly (readonly [name: string, value: string | number | null])[]
  }
}

export type PublishedRecord = {
  readonly evidence: string
  readonly table: string
  readonly source: string
  readonly probe: string
  readonly labelSet: string
  readonly outcome: string
  readonly group: Group
  readonly figure: PublishedFigure
  readonly rate: string | null
  readonly rateReason?: 'design-not-run' | 'attribute-absent'
  readonly status: 'reproduces' | 'differs' | 'not-comparable' | null
  readonly statusReason?: string
}

/** How many images of each value of one attribute got each label: sums of the tallies, for reading. */
export type LabelDistribution = {
  readonly evidence: string
  readonly labelSet: string
  readonly attribute: string
  readonly rows: readonly {
    readonly value: string
    readonly total: number
    /** Non-zero counts in label order; `implied` says whether the label implies this value. */
    readonly counts: readonly (readonly [label: string, images: number, implied: boolean])[]
  }[]
}

export type Derived = {
  readonly distributions: readonly LabelDistribution[]
  readonly rates: readonly RateRecord[]
  readonly contrasts: readonly Contrast[]
  readonly estimates: readonly Estimate[]
  readonly findings: readonly Finding[]
  /** What changed between two label sets or two models on the same images. */
  readonly changes: readonly ChangeRecord[]
  readonly changeContrasts: readonly ChangeContrast[]
  readonly flowTests: readonly FlowTest[]
  readonly jointTests: readonly JointTest[]
  /** Ablations ranked by their influence on each group. */
  readonly ablations: readonly AblationRecord[]
  /** Empty unless several models were audited. */
  readonly agreement: readonly Agreement[]
  readonly summary: {
    readonly verdicts: readonly (readonly [
      verdict: VerdictKind,
      direction: 'higher' | 'lower' | null,
      findings: number,
    ])[]
    /** Ids of the findings to read first: higher disparities of single attributes, most harmful first. */
    readonly largest: readonly string[]
    /** Images without and with a decision, over all cells; together the processed images. */
    readonly undecided: readonly (readonly [evidence: string, labelSet: string, undecided: number, decided: number])[]
    /** Near-tied and exactly tied images over all cells; null when only decisions were given. */
    readonly ties: readonly (readonly [
      evidence: string,
      labelSet: string,
      nearTies: number | null,
      exactTies: number | null,
    ])[]
  }
  /** Tables of every probe whose measure makes them. */
  readonly tables: readonly FigureTable[]
  readonly published: readonly PublishedRecord[]
  readonly notMeasured: readonly { readonly what: string; readonly why: string }[]
  readonly gate: GateResult
}

export type { GateReasonId, GateResult } from './gate.js'
