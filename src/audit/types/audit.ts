import type {
  DerivedAttribute,
  Harm,
  Implication,
  Margin,
  Measure,
  Policy,
  PublishedFigure,
  PublishedTable,
  SystemDescription,
} from './definitions.js'
import type { LabelledBy } from './dataset.js'
import type { Group, Reference } from './groups.js'

/** Every `null` in an audit carries one of these beside it. */
export type ReasonCode =
  | 'no-images'
  | 'group-too-small'
  | 'reference-too-small'
  | 'zero-reference-rate'
  | 'both-rates-zero'
  | 'few-events'
  | 'interval-too-wide'
  | 'near-ties-decide'
  | 'settled'
  | 'beyond-hundredfold'
  | 'not-detectable'
  | 'confirmatory'
  | 'decisions-only'
  | 'attribute-absent'
  | 'outcome-absent'
  | 'simulated'
  | 'zero-margin'

export type Verdict =
  | { readonly kind: 'disparity'; readonly direction: 'higher' | 'lower' }
  | { readonly kind: 'within-margin'; readonly settledBy: 'difference' | 'ratio' | 'each-side' }
  | { readonly kind: 'inconclusive'; readonly reason: 'interval-too-wide' | 'few-events' | 'near-ties-decide' }
  | {
      readonly kind: 'insufficient'
      readonly reason: 'group-too-small' | 'reference-too-small'
      readonly total: number
      readonly minimum: number
    }

// ---- facts: what was seen --------------------------------------------------------------------------------------

/** One cell of the cross of the base attributes: in = processed + excluded + quarantined. */
export type Cell = {
  readonly group: Group
  readonly in: number
  readonly processed: number
  readonly excluded: readonly (readonly [reason: string, images: number])[]
  readonly quarantined: readonly (readonly [code: string, images: number])[]
}

export type DatasetFacts = {
  readonly id: string
  readonly crop: string | null
  readonly cropReason: string | null
  readonly manifestSha256: string
  readonly licence: string | null
  readonly licenceReason: string | null
  readonly sources: readonly { readonly file: string; readonly sha256: string; readonly rows: number }[]
  readonly attributes: readonly {
    readonly name: string
    readonly labelledBy: LabelledBy
    readonly values: readonly string[]
    readonly unknown: number
  }[]
  readonly rows: {
    readonly in: number
    readonly processed: number
    readonly quarantined: number
    readonly excluded: number
  }
  /** Number of distinct subjects, or null when images are taken as independent. */
  readonly subjects: number | null
  readonly subjectsReason: string | null
  readonly warnings: readonly (readonly [code: string, count: number, message: string])[]
  readonly suppression: { readonly minDisclosed: null; readonly reason: string }
  /** Base attributes that the cells cross, in order. */
  readonly cellAttributes: readonly string[]
  readonly cells: readonly Cell[]
}

export type ModelFacts = {
  readonly id: string
  readonly name: string
  readonly sha256: string
  readonly files: readonly (readonly [path: string, sha256: string, bytes: number])[]
  readonly dim: number
  readonly logitScale: number | null
  readonly logitScaleReason: string | null
  readonly batchInvariant: boolean
}

export type PreprocessingFacts = {
  readonly sha256: string
  readonly resample: string
  readonly resize: 'exact' | 'fast'
  readonly size: string
  readonly crop: string
  readonly mean: readonly number[]
  readonly std: readonly number[]
  readonly exif: 'ignored'
}

export type EvidenceFacts =
  | {
      readonly id: string
      readonly model: string
      readonly kind: 'embeddings'
      readonly preprocessing: PreprocessingFacts
      readonly embeddedWith: readonly {
        readonly threads: number
        readonly batch: number
        readonly onnxruntime: string
        readonly libvips: string
      }[]
    }
  | {
      readonly id: string
      readonly model: null
      readonly modelReason: 'decisions-only'
      readonly kind: 'decisions'
      readonly source: { readonly file: string; readonly sha256: string; readonly rows: number }
    }

export type LabelSetFacts = {
  readonly id: string
  readonly title: string
  readonly source: string
  readonly sha256: string
  readonly templates: readonly string[]
  /** Over every filled prompt, label by label, template by template. */
  readonly promptsSha256: string
  readonly outcomes: readonly (readonly [outcome: string, harm: Harm])[]
  readonly labels: readonly {
    readonly id: string
    readonly text: string
    readonly outcome: string
    readonly implies: readonly Implication[]
  }[]
}

/** Comparisons that are corrected together: one probe x evidence x label set x groupBy, over its outcomes; a union is a family of its own. */
export type Family = {
  readonly id: string
  /** null, with the label set, for failure-to-process, which needs no model. */
  readonly evidence: string | null
  readonly labelSet: string | null
  readonly groupBy: readonly string[]
  readonly outcomes: readonly string[]
  readonly reference: Reference
  readonly alpha: number
  /** Comparisons with at least `minimum` images on both sides, at least 1. Intervals are adjusted to alpha / m. */
  readonly m: number
  /** All comparisons, the insufficient ones included. */
  readonly size: number
  readonly minimum: number
  readonly adjustment: 'bonferroni'
  readonly margin: Margin
}

export type ProbeFacts = {
  readonly id: string
  readonly sha256: string
  readonly question: string
  readonly motivation: string
  readonly measure: Measure
  readonly groupBy: readonly (readonly string[])[]
  readonly derive: readonly DerivedAttribute[]
  readonly notApplicable: readonly {
    readonly labelSet: string | null
    readonly groupBy: readonly string[] | null
    readonly reason: 'attribute-absent' | 'outcome-absent'
    readonly missing: string
  }[]
  readonly families: readonly Family[]
  readonly published: readonly PublishedTable[]
  readonly caveats: readonly string[]
  readonly references: readonly string[]
}

/** Decisions of one cell under one label set. total + undecided = the cell's processed images. */
export type Tally = {
  readonly evidence: string
  readonly labelSet: string
  readonly group: Group
  readonly total: number
  readonly undecided: number
  /** Non-zero counts in label order. */
  readonly counts: readonly (readonly [label: string, images: number])[]
  /** Near-tied images by winning label and by the outcome category of the runner-up; null when only decisions were given. */
  readonly nearTies: readonly (readonly [label: string, runnerUpOutcome: string, images: number])[] | null
  readonly nearTiesReason: 'decisions-only' | null
  readonly exactTies: number | null
  readonly exactTiesReason: 'decisions-only' | null
}

export type Facts = {
  readonly simulated: boolean
  readonly tool: { readonly name: 'probity'; readonly version: string }
  readonly plan: { readonly sha256: string }
  readonly policy: Policy
  readonly system: SystemDescription
  readonly seed: number
  readonly nearTie: number
  readonly reference: Reference
  readonly dataset: DatasetFacts
  readonly models: readonly ModelFacts[]
  readonly evidence: readonly EvidenceFacts[]
  readonly labelSets: readonly LabelSetFacts[]
  readonly probes: readonly ProbeFacts[]
  /** The family of failure-to-process comparisons, one per single attribute. */
  readonly failureFamilies: readonly Family[]
  readonly tallies: readonly Tally[]
  /** Flows between label sets on the same images; filled when designs are compared. */
  readonly paired: readonly never[]
}

// ---- derived: one pure function of facts -----------------------------------------------------------------------

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
  readonly method: 'wilson'
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
  readonly direction: 'higher' | 'lower' | 'equal' | null
  readonly directionReason?: ReasonCode
  /** Rates of the group at which a disparity would begin, given the reference rate; null when the reference has no images. */
  readonly margins: readonly [lower: number, upper: number] | null
  readonly marginsReason?: ReasonCode
  /** The margin p: twice the largest of the four one-sided margin tests in the direction of the estimate. */
  readonly p: number | null
  readonly pReason?: ReasonCode
  readonly pMethod: 'margin'
  /** Fisher's exact two-sided p of equal rates, for reading; null when a margin is zero. */
  readonly exactP: number | null
  readonly exactPReason?: ReasonCode
  /** Smallest true rate of the group that would be found as a disparity with 80 % power. */
  readonly detectableRate: number | null
  readonly detectableRateReason?: ReasonCode
  /** Images of the group that would probably settle an inconclusive verdict. */
  readonly needed: number | null
  readonly neededReason?: ReasonCode
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

/** Closed: a new member breaks the build until the reports have a sentence for it. */
export type GateReasonId =
  | 'gate.passed'
  | 'gate.failed.disparity'
  | 'gate.quarantine-over-limit'
  | 'gate.undecided-over-limit'
  | 'gate.failures-differ'
  | 'gate.nothing-compared'

export type GateResult = {
  readonly result: 'passed' | 'failed' | 'evidence-incomplete' | 'not-requested'
  readonly reasons: readonly {
    readonly id: GateReasonId
    readonly values: readonly (readonly [name: string, value: string | number])[]
  }[]
  /** Findings that made the gate fail. */
  readonly findings: readonly string[]
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
  readonly estimates: readonly never[]
  readonly findings: readonly Finding[]
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
  readonly published: readonly PublishedRecord[]
  readonly notMeasured: readonly { readonly what: string; readonly why: string }[]
  readonly gate: GateResult
}

/** What may differ between two runs of one plan; outside the audit id. */
export type RunRecord = {
  readonly createdUtc: string
  readonly durations: readonly (readonly [stage: string, seconds: number])[]
  readonly cacheHits: number
  readonly commandLine: string
  readonly host: { readonly node: string; readonly os: string }
}

export type AuditResult = {
  readonly schema: 'probity/audit@1'
  readonly auditId: string
  readonly facts: Facts
  readonly derived: Derived
  readonly run: RunRecord
}
