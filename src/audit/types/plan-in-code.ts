import type { Dtype, Dtypes } from './dtype.js'
import type { Acknowledgement, DatasetFormat, Harm } from './definitions.js'

/** A plan as a program writes it: what `audit.yaml` holds, with the same words and the same checks (`schemas/audit-plan.schema.json`).
 *  Paths are relative to the folder that {@link LibraryOptions.cwd} names, by default the working folder. */
export type PlanInCode = {
  /** The audited system in your words: purpose, deployer, people affected, ... Printed, never judged. */
  readonly system?: Readonly<Record<string, string>>
  /** Model folders. */
  readonly models?: readonly string[]
  /** Files of decisions made elsewhere (CSV, JSON lines or Parquet), instead of models or beside them. */
  readonly fromDecisions?: string | readonly string[]
  readonly fromEmbeddings?: string | readonly string[]
  /** `image` or a label set to its column, where the files of decisions have one column for each label set. */
  readonly decisionsMap?: Readonly<Record<string, string>>
  readonly dataset?: DatasetInCode
  /** Shipped ids or paths. Default: `denigration`. */
  readonly probes?: readonly string[]
  /** Shipped ids, paths, or label sets written out. Default: those the probes suggest. */
  readonly labelSets?: readonly (string | LabelSetInCode)[]
  /** Whom groups are compared with: everyone else (`rest`, the default), `overall`, `best`, or one group such as `{ race: 'White' }`. */
  readonly reference?: 'rest' | 'overall' | 'best' | Readonly<Record<string, string>>
  /** Shipped id or path. Default: `default`. */
  readonly policy?: string
  /** Seed of everything random, from 0 to 4,294,967,295. Default: 1. */
  readonly seed?: number
  /** Folder for the results. Default: `probity-audit`. */
  readonly output?: string
  /** Also write `decisions.csv`, one row per image and label set, and `images.csv` with their annotations. */
  readonly decisions?: boolean
  /** As what decisions are written, which asks for `decisions`. Default: `csv`. */
  readonly decisionsFormat?: 'csv' | 'jsonl' | 'parquet'
  /** Take labels out and add others, one at a time, and rank them by their influence. */
  readonly ablate?: boolean | { readonly alternatives: readonly string[] }
  /** Images from which a linear probe is fitted; none of them may be audited. */
  readonly train?: Omit<DatasetInCode, 'licence' | 'permittedUse' | 'simulated'>
  /** CSV of captions among which images are tested. */
  readonly captions?: string
  /** What you say to know about before a probe that names people may run. */
  readonly acknowledge?: readonly Acknowledgement[]
  /** Factor of the cosines of a model whose folder does not state its own (100 for OpenAI's CLIP). Probabilities need it. */
  readonly logitScale?: number
  /** What is added to the scaled cosines of a model of the SigLIP kind whose folder does not state its own. Its probabilities need it. */
  readonly logitBias?: number
  /** Precision of the encoder files, by the suffix of their names; `auto` takes a faster one where it moves few decisions of a sample. Default: `fp32`. */
  readonly dtype?: Dtype | Dtypes | 'auto'
  /** Resizing: Pillow's pixels to the last bit (`exact`, the default), or sharp's. */
  readonly resize?: 'exact' | 'fast'
  /** Decode images and run models in processes of their own, which may die without taking the run along. Changes no number. */
  readonly isolate?: boolean
}

/** The labelled images of a {@link PlanInCode}. Rows that a program holds become a label file with {@link writeLabelFile}. */
export type DatasetInCode = {
  /** The layout of the label file. */
  readonly format?: DatasetFormat
  /** Name in reports. Default: the format. */
  readonly id?: string
  /** Label file. */
  readonly labels?: string
  /** Folder that the image column is relative to. */
  readonly images?: string
  /** Which crop of the images this is; for FairFace `0.25` or `1.25`. */
  readonly crop?: string
  /** Attribute to column; `image`, `id`, `subject` and `box` are reserved. */
  readonly map?: Readonly<Record<string, string>>
  /** Columns that are no attributes; `box` is left, top, width and height. */
  readonly columns?: {
    readonly image?: string
    readonly id?: string
    readonly subject?: string
    readonly split?: string
    readonly box?: readonly string[]
  }
  /** What is known of each attribute. */
  readonly attributes?: Readonly<Record<string, AttributeInCode>>
  /** Unit of boxes. Default: `pixel`. */
  readonly boxUnit?: 'pixel' | 'share'
  /** Added on each side of a box, as a share of its longer side, from 0 to 1. Default: 0. */
  readonly boxPadding?: number
  /** Between the fields of a CSV file: one character, or `tab`. */
  readonly delimiter?: string
  /** Of the label file. Default: `utf-8`. */
  readonly encoding?: string
  /** LFW: scores this near to zero, or nearer, count as unknown. */
  readonly deadZone?: number
  /** FACET: the tone that most annotators chose (default), or their mean in three bands. */
  readonly skinTone?: 'majority' | 'band'
  /** CSV files whose columns `map` may name as well, joined by image name. */
  readonly join?: string | readonly string[]
  /** Keep only rows with one of these values; the others count as excluded. */
  readonly where?: Readonly<Record<string, string | readonly string[]>>
  /** A value outside an attribute's list. Default: `refuse`. */
  readonly unknownValues?: 'refuse' | 'keep'
  /** Allow image paths that leave the image folder. */
  readonly followOutside?: boolean
  /** Licence of the dataset, printed in the report. */
  readonly licence?: string
  /** What it may be used for, printed in the report. */
  readonly permittedUse?: string
  /** The data are made up: reports say so on every page. */
  readonly simulated?: boolean
}

/** What is known of one attribute of a {@link DatasetInCode}. */
export type AttributeInCode = {
  readonly column?: string
  /** Spelling in the file to what it means. */
  readonly aliases?: Readonly<Record<string, string>>
  /** The values there may be, in this order. */
  readonly values?: readonly string[]
  readonly labelledBy?: 'self' | 'annotator' | 'machine' | 'folder-name' | 'unknown'
  /** Where bands of numbers begin, the last one open; or the ages of FairFace. */
  readonly bins?: 'fairface' | readonly number[]
}

/** A label set as a program writes it: what its YAML file holds (`schemas/label-set.schema.json`), either whole (`labels`) or built on another
 *  one (`extends` with `add` and `remove`). */
export type LabelSetInCode = {
  readonly id: string
  readonly title?: string
  /** Where the labels and their wording come from. */
  readonly source?: string
  /** Shipped id or path of the label set that this one changes. */
  readonly extends?: string
  /** Sentences with exactly one `{label}`. Several are averaged as normalised vectors. */
  readonly templates?: readonly string[]
  /** Outcome category to the harm it does to a person put into it. */
  readonly outcomes?: Readonly<Record<string, { readonly harm: Harm }>>
  readonly labels?: readonly LabelInCode[]
  readonly add?: readonly LabelInCode[]
  /** Ids of labels left out. */
  readonly remove?: readonly string[]
  /** Id of the label that stands for whatever decisions made elsewhere say that names no label. */
  readonly otherLabels?: string
}

/** One candidate label of a {@link LabelSetInCode}. */
export type LabelInCode = {
  readonly id: string
  /** What takes the place of `{label}`, article included: `a gorilla`. */
  readonly text: string
  /** One of the outcome categories. */
  readonly outcome: string
  /** Attribute values that the label claims of a person, spelt as in the dataset. */
  readonly implies?: Readonly<Record<string, string | readonly string[]>>
  /** Other words by which decisions made elsewhere may name it. */
  readonly aliases?: readonly string[]
}
