import { describeLabelSet } from './describe-facts.js'
import type { EmbeddedImages } from './embedding/embed-images.js'
import { missingIn } from './measures/counted-outcomes.js'
import { rulesOf } from './measures/kinds.js'
import type { ObserveInput, People, ScoredDesign, TrainingSet } from './measures/measure-kind.js'
import { logitsOf } from './scoring/activation-of.js'
import type { RowCells } from './scoring/cells.js'
import type { ClassDesign } from './scoring/decide.js'
import { scoreTiles } from './scoring/score-tiles.js'
import type { Logits } from './types/activation.js'
import type { CaptionSet } from './types/captions.js'
import type { AttributeColumn, Dataset } from './types/dataset.js'
import type { MatrixProduct } from './types/decisions.js'
import type { Plan, Probe } from './types/definitions.js'
import type { MeasureKind, MeasureOf } from './types/measures.js'
import type { Observation } from './types/observations.js'

/** What an audit asks of every source of image vectors alike. */
export type Asked = {
  readonly plan: Plan
  /** Id of the evidence that the source will be. */
  readonly evidence: string
  readonly dataset: Dataset
  readonly cells: RowCells
  readonly captions: CaptionSet | null
  readonly identities: AttributeColumn | null
}

/** One source of image vectors with everything that scores and probes ask of it. */
export type Scene = Logits &
  Asked & {
    /** One for each label set of the plan, in order. */
    readonly designs: readonly ClassDesign[]
    readonly images: Pick<EmbeddedImages, 'embeddings' | 'quarantined'>
    readonly multiply: MatrixProduct
    readonly embedAltered: ObserveInput<MeasureKind>['embedAltered']
    readonly embedTexts: ObserveInput<MeasureKind>['embedTexts']
    /** Gives the images that classifiers are fitted to their vectors; null where the plan names none. */
    readonly embedTraining: () => Promise<TrainingSet | null>
  }

/** What the measures of all probes take from the scores and embeddings of one source of vectors, while these are there. */
export async function observeProbes(scene: Scene): Promise<Observation[]> {
  const train = await scene.embedTraining()
  const observations: Observation[] = []
  for (const probe of scene.plan.probes)
    observations.push(...(await observeProbe(probe, probe.measure.kind, scene, train)))
  return observations
}

async function observeProbe<Kind extends MeasureKind>(
  probe: Probe,
  kind: Kind,
  scene: Scene,
  train: TrainingSet | null,
): Promise<readonly Observation[]> {
  const { observe } = rulesOf(kind)
  if (observe === undefined) return []
  return observe({
    probe: probe.id,
    measure: probe.measure as MeasureOf<Kind>, // `kind` is its kind
    groupBy: probe.groupBy,
    derive: probe.derive,
    policy: scene.plan.policy,
    seed: scene.plan.seed,
    evidence: scene.evidence,
    people: peopleOf(scene),
    embeddings: scene.images.embeddings,
    train,
    embedAltered: scene.embedAltered,
    embedTexts: scene.embedTexts,
    captions: scene.captions,
    identities: scene.identities,
    ...logitsOf(scene),
    multiply: scene.multiply,
    designs: designsFor(probe, scene),
  })
}

/** Only one source of vectors may be audited with a probe that observes, so what it could not give is all that is missing. */
function peopleOf({ dataset, cells, images }: Scene): People {
  return {
    rows: dataset.images.length,
    processed: (row) => !dataset.excluded.has(row) && !dataset.quarantined.has(row) && !images.quarantined.has(row),
    cells,
    attributes: dataset.attributes,
    subjects: dataset.subjects,
  }
}

function designsFor({ measure }: Probe, { plan, designs, images, multiply }: Scene): ScoredDesign[] {
  return plan.labelSets.flatMap((labelSet, index) => {
    if (missingIn(measure, describeLabelSet(labelSet)) !== null) return []
    const { vectors } = designs[index]
    const tiles = (): ReturnType<ScoredDesign['tiles']> => scoreTiles(images.embeddings, vectors, multiply)
    return [{ labelSet, vectors, tiles }]
  })
}
