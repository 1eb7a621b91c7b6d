/** An outcome that a probe counts: one category, or a declared union of several. */
export type ProbeOutcome = { readonly id: string; readonly categories: readonly string[]; readonly isUnion: boolean }

/** What a probe computes (measures.md part B): a tagged union by `kind`. Each kind has a folder or file in `measures/`. */
export type Measure =
  | OutcomeRate
  | AttributeAccuracy
  | AssociationThreshold
  | TopKAssociation
  | RetrievalSkew
  | CaptionAssociation
  | EmbeddingAssociation
  | SelfSimilarity
  | Markedness
  | Calibration
  | Abstention
  | FeatureSensitivity
  | LinearProbe
  | CaptionTest
  | Identity
  | DataOverlap
  | AnnotatorAgreement

export type MeasureKind = Measure['kind']
/** The measure of one kind. */
export type MeasureOf<Kind extends MeasureKind> = Extract<Measure, { readonly kind: Kind }>

/** B1: images whose decision lies in an outcome category, of those decided. */
export type OutcomeRate = { readonly kind: 'outcome-rate'; readonly outcomes: readonly ProbeOutcome[] }

/** One reading of whether a decision is right: how the value that the chosen label implies is held against the annotation.
 *  `exact`: equal. `binary`: equal after both are mapped to `value` or not. `within-one`: at most one place apart in the declared
 *  order. `joint`: all of several attributes equal. */
export type AccuracyReading =
  | { readonly id: string; readonly reading: 'exact' | 'within-one'; readonly attribute: string }
  | { readonly id: string; readonly reading: 'binary'; readonly attribute: string; readonly value: string }
  | { readonly id: string; readonly reading: 'joint'; readonly attributes: readonly string[] }

/** B2. `pools`: named joins of groups for which a table of its own is printed, such as Non-White. `crosses`: one reading by two attributes,
 *  in rows and columns, with everyone of a row and of a column together. */
export type AttributeAccuracy = {
  readonly kind: 'attribute-accuracy'
  readonly readings: readonly AccuracyReading[]
  readonly pools: readonly { readonly id: string; readonly attribute: string; readonly values: readonly string[] }[]
  readonly crosses: readonly {
    readonly id: string
    readonly reading: string
    readonly rows: string
    readonly columns: string
  }[]
}

/** B3: labels whose softmax probability reaches a threshold, by group; `top` most associated per group are listed. `named`: what a
 *  publication says of single labels in words, to print beside. */
export type AssociationThreshold = {
  readonly kind: 'association-threshold'
  readonly thresholds: readonly number[]
  readonly top: number
  readonly keyness: 'image' | 'token'
  readonly named: {
    readonly source: string
    /** Why what is said can never be compared with a run. */
    readonly neverComparable: string
    readonly said: readonly {
      readonly labelSet: string
      readonly threshold: number
      /** As the source words it. */
      readonly side: string
      /** Ids of labels. */
      readonly labels: readonly string[]
    }[]
  } | null
}

/** B4: images with at least one of the `most` best labels (score at least a threshold) in an outcome category. */
export type TopKAssociation = {
  readonly kind: 'top-k-association'
  readonly thresholds: readonly number[]
  readonly most: number
  readonly associations: readonly string[]
}

/** B5: how the groups of a `groupBy` are mixed in the first images that each query retrieves. A query is a label, averaged over the
 *  templates; a label set whose labels are whole prompts asks each by itself. `as`: strict, or the behaviour of the published code. `bias`:
 *  the two values of an attribute that Bias@k sets against each other. */
export type RetrievalSkew = {
  readonly kind: 'retrieval-skew'
  readonly cuts: readonly number[]
  readonly desired: 'uniform' | 'dataset'
  readonly as: 'strict' | 'debias-vision-lang' | 'visogender'
  readonly bias: readonly { readonly attribute: string; readonly first: string; readonly second: string }[]
  readonly draws: number
}

/** C-ASC (So-B-IT): mean similarity of a caption with the images of a group less that with the others, over the deviation of all. */
export type CaptionAssociation = { readonly kind: 'caption-association'; readonly draws: number }

/** B6: WEAT and iEAT across modalities. X and Y are images of two values of one attribute, A and B the labels of two outcome categories. */
export type EmbeddingAssociation = {
  readonly kind: 'embedding-association'
  readonly tests: readonly {
    readonly id: string
    readonly attribute: string
    readonly x: string
    readonly y: string
    readonly a: string
    readonly b: string
  }[]
  readonly deviation: 'sample' | 'population'
  readonly draws: number
}

/** B6: mean cosine between two images of one group. */
export type SelfSimilarity = { readonly kind: 'self-similarity'; readonly draws: number }

/** B6: images for which the label without a group beats the label that implies their own group. `unmarked` is an outcome category. */
export type Markedness = {
  readonly kind: 'markedness'
  readonly unmarked: string
  readonly attributes: readonly string[]
}

/** B10: how far the probability of the chosen label is from the share that is right. */
export type Calibration = {
  readonly kind: 'calibration'
  readonly bins: number
  readonly draws: number
  readonly attributes: readonly string[]
}

/** B11: what happens to errors and harms when the least certain images are left undecided. */
export type Abstention = {
  readonly kind: 'abstention'
  readonly by: 'margin' | 'probability'
  readonly steps: number
  readonly outcomes: readonly string[]
  readonly attributes: readonly string[]
}

/** One way in which images are altered before they are decided again. */
export type Transform =
  | { readonly id: string; readonly alter: 'blur'; readonly sigma: number }
  | { readonly id: string; readonly alter: 'brightness'; readonly factor: number }
  | { readonly id: string; readonly alter: 'jpeg'; readonly quality: number }
  | { readonly id: string; readonly alter: 'crop'; readonly keep: number }
  | { readonly id: string; readonly alter: 'grey' }

/** B16. */
export type FeatureSensitivity = {
  readonly kind: 'feature-sensitivity'
  readonly transforms: readonly Transform[]
  readonly outcomes: readonly ProbeOutcome[]
  readonly attributes: readonly string[]
}

/** B15, and few-shot: multinomial logistic regression on frozen image embeddings; `shots` are images a class, 0 stands for all. */
export type LinearProbe = {
  readonly kind: 'linear-probe'
  readonly attributes: readonly string[]
  readonly shots: readonly number[]
  readonly inverseRegularisation: number
  readonly norm: 'none' | 'l2'
  readonly repeats: number
}

/** B13: of several captions of one image, which is chosen: the correct, a close or another one. */
export type CaptionTest = {
  readonly kind: 'caption-test'
  readonly protocols: readonly ('coarse' | 'stress' | 'fine')[]
}

/** The attribute that names the person of an image. It is set apart when a dataset is read: nothing is grouped, listed or written by it. */
export const IDENTITY = 'identity'

/** B12: top-1 identity among C names. Off unless acknowledged. */
export type Identity = { readonly kind: 'identity'; readonly classCounts: readonly number[]; readonly draws: number }

/** B14: accuracy on images that are near-duplicates of a reference set, and on the others. */
export type DataOverlap = {
  readonly kind: 'data-overlap'
  readonly attribute: string
  readonly level: number
  readonly readings: readonly AccuracyReading[]
}

/** Section 4: people's decisions beside the model's, with Krippendorff's alpha by group. */
export type AnnotatorAgreement = { readonly kind: 'annotator-agreement'; readonly draws: number }

/** The outcomes that are made of outcome categories of a label set; other measures count none. */
export function categoryOutcomes(measure: Measure): readonly ProbeOutcome[] {
  return measure.kind === 'outcome-rate' ? measure.outcomes : []
}

/** Whether a measure looks at the decisions or scores of label sets; the others bring texts of their own. */
export function needsLabelSets({ kind }: Measure): boolean {
  return kind !== 'caption-test' && kind !== 'identity' && kind !== 'self-similarity'
}

/** Attributes of the dataset that a measure needs itself, whatever is grouped by: what is annotated is held against what is decided. */
export function attributesNeeded(measure: Measure): readonly string[] {
  switch (measure.kind) {
    case 'attribute-accuracy':
      return [
        ...measure.readings.flatMap(attributesOfReading),
        ...measure.pools.map(({ attribute }) => attribute),
        ...measure.crosses.flatMap(({ rows, columns }) => [rows, columns]),
      ]
    case 'data-overlap':
      return [measure.attribute, ...measure.readings.flatMap(attributesOfReading)]
    case 'embedding-association':
      return measure.tests.map(({ attribute }) => attribute)
    case 'markedness':
    case 'calibration':
    case 'abstention':
    case 'feature-sensitivity':
    case 'linear-probe':
      return measure.attributes
    case 'outcome-rate':
    case 'association-threshold':
    case 'top-k-association':
    case 'retrieval-skew':
    case 'caption-association':
    case 'self-similarity':
    case 'caption-test':
    case 'identity':
    case 'annotator-agreement':
      return []
  }
}

function attributesOfReading(reading: AccuracyReading): readonly string[] {
  return reading.reading === 'joint' ? reading.attributes : [reading.attribute]
}
