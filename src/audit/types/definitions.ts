import type { Dtypes } from './dtype.js'
import type { PublishedGrid } from './figures.js'
import type { Group, Reference } from './groups.js'
import type { Harm } from './harm.js'
import type { Measure } from './measures.js'
import type { Policy } from './policy.js'
import type { VectorsPlan } from './vectors.js'
import type { Reading } from './reading.js'

export type OutcomeCategory = { readonly id: string; readonly harm: Harm }

/** Attribute values that a label claims of a person: "a white man" implies race White and gender Male. */
export type Implication = { readonly attribute: string; readonly values: readonly string[] }

export type Label = {
  readonly id: string
  readonly text: string
  readonly outcome: string
  readonly implies: readonly Implication[]
  /** Other words for it, by which decisions made elsewhere may name it; they are no prompts. */
  readonly aliases?: readonly string[]
}

/** A class design after `extends`, `add` and `remove` are resolved. `sha256` is over the resolved content. */
export type LabelSet = {
  readonly id: string
  readonly title: string
  readonly source: string
  readonly templates: readonly string[]
  readonly outcomes: readonly OutcomeCategory[]
  readonly labels: readonly Label[]
  /** Id of the label that stands for whatever decisions made elsewhere say that names no label. Absent: they may not say such a thing. */
  readonly otherLabels?: string
  readonly sha256: string
}

/** An attribute made from another one: `age-19` joins the age bands into two. Every value must be listed once. */
export type DerivedAttribute = {
  readonly id: string
  readonly from: string
  readonly groups: readonly { readonly value: string; readonly values: readonly string[] }[]
}

/** Rates of the groups of `groupBy`, each weighted to the same mix of `over`: a gender gap at equal age and race, say. */
export type Standardisation = { readonly groupBy: readonly string[]; readonly over: readonly string[] }

/** A figure as printed in its source, or the counts behind it. */
export type PublishedFigure =
  | { readonly kind: 'percent'; readonly text: string; readonly decimals: number }
  | { readonly kind: 'counts'; readonly count: number; readonly total: number }

/** Published figures of one table: reference data with a computed status, never an expected result. */
export type PublishedTable = {
  readonly id: string
  readonly source: string
  readonly labelSet: string
  readonly outcome: string
  readonly attribute: string
  readonly figures: readonly { readonly value: string; readonly figure: PublishedFigure }[]
  /** Why the figures can never be compared (wording unpublished, ...), or null when `conditions` decide. */
  readonly neverComparable: string | null
  /** All must hold for a status; null where `neverComparable` is given. `promptsSha256` is of the filled prompts in label order. */
  readonly conditions: { readonly crop: string; readonly promptsSha256: string } | null
  readonly note: string | null
}

export type Probe = {
  readonly id: string
  readonly status: 'experimental' | 'stable' | 'deprecated'
  readonly question: string
  readonly motivation: string
  /** How its figures are read, and what they cannot show: one sentence each. */
  readonly howToRead: readonly string[]
  readonly cannotShow: readonly string[]
  readonly measure: Measure
  readonly evidence: 'decisions' | 'scores' | 'embeddings' | 'captions' | 'transformed images'
  readonly derive: readonly DerivedAttribute[]
  readonly groupBy: readonly (readonly string[])[]
  readonly standardise: readonly Standardisation[]
  readonly suggests: readonly string[]
  readonly published: readonly PublishedTable[]
  /** Published tables to stand beside tables of a measure that makes tables. */
  readonly publishedTables: readonly PublishedGrid[]
  readonly caveats: readonly string[]
  readonly references: readonly string[]
  readonly sha256: string
}

/** Rows kept only if the attribute has one of these values; the others count as excluded. */
export type WhereFilter = { readonly attribute: string; readonly values: readonly string[] }

export type DatasetFormat =
  | 'fairface'
  | 'utkface'
  | 'celeba'
  | 'casual-conversations'
  | 'casual-conversations-2'
  | 'facet'
  | 'miap'
  | 'cfd'
  | 'lfw'
  | 'csv'
  | 'jsonl'
  | 'parquet'
  | 'imagefolder'
  | 'webdataset'

export type DatasetPlan = {
  readonly format: DatasetFormat
  readonly id: string
  /** Label file. */
  readonly labels: string
  /** Image root; null when decisions come from elsewhere and no image is opened. */
  readonly images: string | null
  readonly crop: string | null
  /** Attribute (or the reserved `image`, `id`, `subject`) to column. */
  readonly map: readonly { readonly attribute: string; readonly column: string }[]
  /** CSV files whose columns are joined to the label file by image name; absent: none. */
  readonly join?: readonly string[]
  readonly where: readonly WhereFilter[]
  readonly unknownValues: 'refuse' | 'keep'
  readonly followOutside: boolean
  readonly licence: string | null
  readonly simulated: boolean
  /** How rows are read, where the plan says more than its format knows. */
  readonly reading?: Reading
}

/** Labels are taken out and added one at a time; `alternatives` are texts of neutral labels to add. */
export type Ablate = { readonly alternatives: readonly string[] }

/** As what decisions can be kept. */
export type DecisionsFormat = 'csv' | 'jsonl' | 'parquet'

/** Which column of a file of decisions holds the image names, or what was decided under one label set. */
export type DecisionsColumn = { readonly of: string; readonly column: string }

/** A use that is refused until the user says to know what it does: naming people. */
export type Acknowledgement = 'identity'

/** The audited system in its owner's words; printed, never judged. */
export type SystemDescription = readonly (readonly [field: string, text: string])[]

/** Everything an audit needs, checked, before any image is read. */
export type Plan = {
  readonly system: SystemDescription
  /** Model folders; at least one of these three lists has an entry. */
  readonly models: readonly string[]
  /** Files of decisions made elsewhere. */
  readonly fromDecisions: readonly string[]
  /** Vectors made elsewhere; absent: none. */
  readonly fromEmbeddings?: readonly VectorsPlan[]
  /** Where those files have one column for each label set: `image` or a label set to its column. Empty: their columns are ours. */
  readonly decisionsMap: readonly DecisionsColumn[]
  readonly dataset: DatasetPlan
  /** Images from which classifiers are fitted, none of them audited; null unless a probe fits some. */
  readonly train: DatasetPlan | null
  readonly probes: readonly Probe[]
  readonly labelSets: readonly LabelSet[]
  readonly reference: Reference
  /** null unless asked for. */
  readonly ablate: Ablate | null
  /** File of captions among which images are tested; null where none is named. */
  readonly captions: string | null
  /** What the user has said to know about, before a probe that needs it may run. */
  readonly acknowledge: readonly Acknowledgement[]
  readonly policy: Policy
  /** `file:line` of each limit of the policy, for messages; absent where it has none. Not part of `sha256`. */
  readonly limitsAt?: readonly string[]
  readonly seed: number
  /** Factor of the cosines of a model whose folder does not state its own; null where nobody states one. */
  readonly logitScale: number | null
  /** What is added to the scaled cosines of a model with a sigmoid whose folder does not state its own; absent where nobody states one. */
  readonly logitBias?: number
  /** Precision of the encoder files of every model; absent: fp32. */
  readonly dtype?: Dtypes
  /** The precision is left open (`--dtype auto`), and `dtype` absent; absent: it is not. */
  readonly chooseDtype?: true
  readonly resize: 'exact' | 'fast'
  /** Images are decoded and models run in processes of their own; absent: in this one. Changes no number, and is not part of `sha256`. */
  readonly isolate?: true
  readonly out: string
  readonly writeDecisions: boolean
  /** As what decisions are written; absent: CSV. */
  readonly decisionsFormat?: DecisionsFormat
  readonly sha256: string
}

/** The part of a plan that embedding needs. */
export type EmbeddingPlan = Pick<Plan, 'models' | 'dataset' | 'resize' | 'dtype' | 'isolate'>

export type { Group }
export type { Harm } from './harm.js'
export type { Adjustment, Margin, Policy } from './policy.js'
