import type { RowCells } from '../scoring/cells.js'
import type { ScoreTile } from '../scoring/score-tiles.js'
import type { Logits } from '../types/activation.js'
import type { CaptionSet } from '../types/captions.js'
import type { AttributeColumn } from '../types/dataset.js'
import type { Embeddings, MatrixProduct, RawEmbeddings } from '../types/decisions.js'
import type { DerivedAttribute, LabelSet, Policy } from '../types/definitions.js'
import type { CountedOutcome, DatasetFacts, DecidedBy, Facts, LabelSetFacts, ProbeFacts } from '../types/facts.js'
import type { FigureTable } from '../types/figures.js'
import type { Group } from '../types/groups.js'
import type { MeasureKind, MeasureOf, Transform } from '../types/measures.js'
import type { Observation, ObservationOf } from '../types/observations.js'

/** What one kind of measure does. Only `tabulate` is required of all. */
export type MeasureRules<Kind extends MeasureKind> = {
  /** What a label set lacks for this measure to be a question, or null. */
  readonly missing: (measure: MeasureOf<Kind>, labelSet: LabelSetFacts) => Missing | null
  /** What is counted from the tallies and judged like an outcome: rates, contrasts, verdicts, gate. */
  readonly counted?: CountedRules<Kind>
  /** Takes what cannot be found in the tallies from scores and embeddings. */
  readonly observe?: (input: ObserveInput<Kind>) => Promise<readonly Observation[]>
  /** Takes what cannot be found in the tallies from the decisions of everyone who decided, image by image. */
  readonly observeDecisions?: (input: ObserveDecisionsInput<Kind>) => readonly Observation[]
  /** The tables of a probe of this kind, in the order in which they are read: one pure function of the facts. */
  readonly tabulate: (facts: Facts, probe: ProbeFactsOf<Kind>) => readonly TableDraft[]
}

export type Missing = {
  readonly reason: 'attribute-absent' | 'outcome-absent' | 'decisions-only'
  readonly missing: string
}

/** Under which label set and over which dataset something is counted. */
export type CountedUnder = {
  readonly labelSet: LabelSetFacts
  readonly dataset: Pick<DatasetFacts, 'attributes' | 'cellAttributes'>
}

export type IsInside = (label: string, cell: Group) => boolean | null

export type CountedRules<Kind extends MeasureKind> = {
  readonly outcomes: (measure: MeasureOf<Kind>, labelSet: LabelSetFacts) => readonly CountedOutcome[]
  /** Whether an image of a cell that got a label is inside the outcome; null where images of that cell are not counted at all, because
   *  what is asked of them is unknown. Counting from the tallies, and by subject, rests on it. */
  readonly inside: (measure: MeasureOf<Kind>, outcome: string, of: CountedUnder) => IsInside
}

export type ProbeFactsOf<Kind extends MeasureKind> = ProbeFacts & { readonly measure: MeasureOf<Kind> }

/** A table without its number and its probe, which are added in one place. */
export type TableDraft = Omit<FigureTable, 'id' | 'probe'>

/** The people in the images: what each row is annotated with, and which rows take part. */
export type People = {
  readonly rows: number
  /** True for a row that was processed: neither excluded nor quarantined. */
  readonly processed: (row: number) => boolean
  readonly cells: RowCells
  readonly attributes: readonly AttributeColumn[]
  readonly subjects: readonly string[] | null
}

/** A label set of the plan as one model scores it. `tiles` may be asked for more than once; each time is one matrix product. */
export type ScoredDesign = {
  readonly labelSet: LabelSet
  /** labels x dim, unit rows. */
  readonly vectors: Float32Array
  readonly tiles: () => AsyncIterable<ScoreTile>
}

/** Images from which classifiers are fitted; none of them is audited. */
export type TrainingSet = {
  /** Its id. */
  readonly dataset: string
  /** Over its label file, and the names and bytes of its images. */
  readonly sha256: string
  readonly attributes: readonly AttributeColumn[]
  readonly embeddings: RawEmbeddings
  /** Images that could not be read or embedded. */
  readonly quarantined: number
}

export type ObserveInput<Kind extends MeasureKind> = Logits & {
  readonly probe: string
  readonly measure: MeasureOf<Kind>
  readonly groupBy: readonly (readonly string[])[]
  readonly derive: readonly DerivedAttribute[]
  readonly policy: Policy
  readonly seed: number
  readonly evidence: string
  readonly people: People
  /** Rows that were embedded, quarantined ones left out. */
  readonly embeddings: RawEmbeddings
  /** What the plan names to learn from, or null. */
  readonly train: TrainingSet | null
  /** The same images under an alteration; rows that fail under it are missing. Slow: every image is embedded again, unless it is stored. */
  readonly embedAltered: (alteration: Transform) => Promise<Embeddings>
  /** Unit vectors of texts as they stand, without a template: texts x dim, row-major. Throws DefinitionError for one that is too long,
   *  which `said` repeats, or quotes it. */
  readonly embedTexts: (texts: readonly string[], said?: (text: string) => string) => Promise<Float32Array>
  /** The captions that the plan names, or null. */
  readonly captions: CaptionSet | null
  /** Who is in each image; null unless a probe of identities was acknowledged. */
  readonly identities: AttributeColumn | null
  /** Products of vectors, outside this thread. */
  readonly multiply: MatrixProduct
  /** Label sets that lack nothing the measure needs. */
  readonly designs: readonly ScoredDesign[]
}

/** Decisions of one model, one file or one person. `winner` holds the index of a label per dataset row, -1 where there is none. */
export type Decider = {
  readonly evidence: string
  /** Name of the file of decisions; null for a model. */
  readonly source: string | null
  /** null where these are not a person's. */
  readonly decidedBy: DecidedBy | null
  readonly winner: Int32Array
}

export type ObserveDecisionsInput<Kind extends MeasureKind> = {
  readonly probe: string
  readonly measure: MeasureOf<Kind>
  readonly cells: RowCells
  /** True for a row that was processed: neither excluded nor quarantined. */
  readonly processed: (row: number) => boolean
  /** Label sets that lack nothing the measure needs, with everyone's decisions under them. */
  readonly designs: readonly { readonly labelSet: LabelSet; readonly deciders: readonly Decider[] }[]
}

/** The observations of one probe. */
export function observedBy<Kind extends Observation['kind']>(
  facts: Facts,
  probe: string,
  kind: Kind,
): ObservationOf<Kind>[] {
  return facts.observations.filter((one): one is ObservationOf<Kind> => one.kind === kind && one.probe === probe)
}
