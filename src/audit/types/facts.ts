import type { AblationFacts } from './ablation.js'
import type { Device } from './device.js'
import type { JointFacts, PairFacts } from './paired.js'
import type { DtypeChoice } from './dtype-choice.js'
import type { LabelledBy } from './dataset.js'
import type {
  Adjustment,
  DerivedAttribute,
  Harm,
  Implication,
  Margin,
  Policy,
  PublishedTable,
  Standardisation,
  SystemDescription,
} from './definitions.js'
import type { PublishedGrid } from './figures.js'
import type { Group, Reference } from './groups.js'
import type { Measure } from './measures.js'
import type { Observation } from './observations.js'
import type { VectorsSource } from './vectors.js'

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
  /** What the dataset may be used for, in a sentence. Absent: not stated. */
  readonly permittedUse?: string
  readonly sources: readonly { readonly file: string; readonly sha256: string; readonly rows: number }[]
  readonly attributes: readonly {
    readonly name: string
    readonly labelledBy: LabelledBy
    readonly values: readonly string[]
    readonly unknown: number
    /** Other spellings that were taken as a value. Absent: none was met. */
    readonly aliases?: readonly (readonly [from: string, to: string, rows: number])[]
    /** Where each band of numbers begins. Absent: the cells are no numbers. */
    readonly bins?: readonly number[]
    /** How its values came about, where that is not told by who labelled it. */
    readonly note?: string
  }[]
  /** Rows that are a part of a photo, and what was added around each box, as a share of its longer side. Absent: every image is a whole file. */
  readonly boxes?: { readonly rows: number; readonly padding: number }
  readonly rows: {
    readonly in: number
    readonly processed: number
    readonly quarantined: number
    readonly excluded: number
  }
  /** Number of distinct subjects, or null when images are taken as independent. */
  readonly subjects: number | null
  readonly subjectsReason: string | null
  /** Processed images whose files hold the same bytes as another's; null when no image was opened. */
  readonly duplicates: DuplicateFacts | null
  readonly duplicatesReason: 'decisions-only' | 'vectors-only' | null
  readonly warnings: readonly (readonly [code: string, count: number, message: string])[]
  readonly suppression: { readonly minDisclosed: null; readonly reason: string }
  /** Base attributes that the cells cross, in order. */
  readonly cellAttributes: readonly string[]
  readonly cells: readonly Cell[]
}

export type DuplicateFacts = {
  /** Distinct contents that occur more than once. */
  readonly contents: number
  /** Images that have one of these contents. */
  readonly images: number
  /** Contents whose images are annotated with different groups. */
  readonly acrossGroups: number
}

/** Where a model folder was pulled from, as its probity-pull.json says. */
export type ModelSource = {
  readonly endpoint: string
  readonly id: string
  /** The commit. */
  readonly revision: string
  readonly licence: string | null
  readonly licenceReason: 'not-stated' | null
  /** Files of the model that are not what was pulled, if there are any. */
  readonly otherFiles?: readonly string[]
}

export type ModelFacts = {
  readonly id: string
  readonly name: string
  readonly sha256: string
  readonly files: readonly (readonly [path: string, sha256: string, bytes: number])[]
  readonly dim: number
  /** Precision of the encoder files, as a user writes it; absent: fp32. */
  readonly dtype?: string
  /** Absent: the precision was named, or nothing was said of it. */
  readonly dtypeChoice?: DtypeChoice
  readonly logitScale: number | null
  readonly logitScaleReason: string | null
  /** Absent: a softmax over the label set makes probabilities of its similarities. */
  readonly activation?: 'sigmoid'
  /** Of a model with a sigmoid only; null with its reason where it is not known. */
  readonly logitBias?: number | null
  readonly logitBiasReason?: string | null
  readonly batchInvariant: boolean
  /** Absent for a folder that no pull made. */
  readonly source?: ModelSource
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
        /** Absent for the CPU. */
        readonly device?: Device
      }[]
    }
  | {
      readonly id: string
      readonly model: null
      readonly modelReason: 'decisions-only'
      readonly kind: 'decisions'
      readonly source: { readonly file: string; readonly sha256: string; readonly rows: number }
      /** Where a file holds the decisions of people: whose these are. */
      readonly decidedBy?: DecidedBy
    }
  | {
      readonly id: string
      readonly model: null
      readonly modelReason: 'vectors-only'
      readonly kind: 'vectors'
      readonly source: VectorsSource
    }

/** One person of a file, or what most of its people said. `condition` is the file's word for what they had seen before, such as one-shot. */
export type DecidedBy =
  | { readonly kind: 'annotator'; readonly annotator: string; readonly condition: string | null }
  | { readonly kind: 'majority'; readonly people: number; readonly condition: string | null }

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
    readonly aliases?: readonly string[]
  }[]
  readonly otherLabels?: string
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
  readonly adjustment: Adjustment
  readonly margin: Margin
}

/** What a measure counts in every cell from the tallies alone; it goes through families, contrasts and verdicts like an outcome. */
export type CountedOutcome = { readonly id: string; readonly harm: Harm; readonly isUnion: boolean }

export type ProbeFacts = {
  readonly id: string
  readonly sha256: string
  readonly question: string
  readonly motivation: string
  readonly howToRead: readonly string[]
  readonly cannotShow: readonly string[]
  readonly measure: Measure
  /** What the measure counts beside outcome categories, under any of the label sets. */
  readonly counted: readonly CountedOutcome[]
  readonly groupBy: readonly (readonly string[])[]
  readonly derive: readonly DerivedAttribute[]
  readonly notApplicable: readonly {
    readonly labelSet: string | null
    readonly groupBy: readonly string[] | null
    readonly reason: 'attribute-absent' | 'outcome-absent' | 'decisions-only'
    readonly missing: string
  }[]
  readonly families: readonly Family[]
  /** Rates asked for at an equal mix of other attributes. */
  readonly standardise: readonly Standardisation[]
  readonly published: readonly PublishedTable[]
  readonly publishedTables: readonly PublishedGrid[]
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
  readonly nearTiesReason: 'decisions-only' | 'scores-of-another-scale' | null
  readonly exactTies: number | null
  readonly exactTiesReason: 'decisions-only' | 'scores-of-another-scale' | null
}

/** How the images of one side are spread over subjects, with y the images of a subject inside the outcome and m all its images. */
export type SubjectSums = {
  readonly subjects: number
  /** Sums over subjects of y y, of y m and of m m. */
  readonly squaredCounts: number
  readonly crossProducts: number
  readonly squaredImages: number
}

/** Sums over subjects for one outcome of one family; `groups[i]` and `rests[i]` (everyone comparable but group i) stand in the order of the family's groups. */
export type SubjectCounts = {
  readonly family: string
  readonly outcome: string
  readonly groups: readonly SubjectSums[]
  readonly rests: readonly SubjectSums[]
  /** Over all groups that can be compared. */
  readonly everyone: SubjectSums
}

export type Facts = {
  readonly simulated: boolean
  readonly tool: { readonly name: 'probity'; readonly version: string }
  readonly plan: { readonly sha256: string }
  readonly policy: Policy
  readonly system: SystemDescription
  readonly seed: number
  readonly nearTie: number
  /** The day (YYYY-MM-DD) by which waivers are in force or expired; absent unless the policy has waivers. */
  readonly gateDate?: string
  readonly reference: Reference
  readonly dataset: DatasetFacts
  readonly models: readonly ModelFacts[]
  readonly evidence: readonly EvidenceFacts[]
  readonly labelSets: readonly LabelSetFacts[]
  readonly probes: readonly ProbeFacts[]
  /** The family of failure-to-process comparisons, one per single attribute. */
  readonly failureFamilies: readonly Family[]
  readonly tallies: readonly Tally[]
  /** What measures took from scores and embeddings. */
  readonly observations: readonly Observation[]
  /** Empty where images are taken as independent. */
  readonly subjectCounts: readonly SubjectCounts[]
  /** Flows between two label sets, or two models, on the same images: each later one against the first. */
  readonly paired: readonly PairFacts[]
  /** The same for three or more at once. */
  readonly joint: readonly JointFacts[]
  /** Labels taken out or added one at a time; empty unless asked for. */
  readonly ablations: readonly AblationFacts[]
}
