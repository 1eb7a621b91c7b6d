import type { PlannedModel } from './choose-dtype.js'
import { designsOf } from './class-designs.js'
import { decideAndObserve } from './decide-and-observe.js'
import type { DecidedAndObserved } from './decide-and-observe.js'
import { ModelError, quoted } from './errors.js'
import { embedAltered, embedDataset, openEmbedder } from './embed-dataset.js'
import type { Embedder } from './embed-dataset.js'
import { embedTraining } from './embed-training.js'
import type { EmbedCounts } from './embedding/image-ledger.js'
import { settingsUsed } from './embedding/stored-embeddings.js'
import type { ImageNote } from './model/image-note.js'
import type { ModelIdentity } from './model/model-identity.js'
import { modelFacts } from './model/model-facts.js'
import type { ModelFolder } from './model/read-model-folder.js'
import { statedLogits } from './model/stated-logits.js'
import { sentenceVectors } from './sentence-vectors.js'
import { logitsOf } from './scoring/activation-of.js'
import type { ClassDesign } from './scoring/decide.js'
import type { Asked } from './observe-probes.js'
import type { Tools } from './tools.js'
import type { EvidenceFacts, ModelFacts } from './types/facts.js'
import type { Dataset, Quarantine, Warning } from './types/dataset.js'
import type { Plan } from './types/definitions.js'
import type { DeviceChoice } from './types/device.js'

export type FromEmbeddings = Extract<EvidenceFacts, { kind: 'embeddings' }>

/** What one model made of a dataset. */
export type ModelRun = DecidedAndObserved & {
  readonly model: ModelFacts
  readonly preprocessing: FromEmbeddings['preprocessing']
  readonly embeddedWith: FromEmbeddings['embeddedWith']
  /** SHA-256 of the content, one per dataset row; null where no content was read. */
  readonly hashes: readonly (string | null)[]
  /** On top of the dataset's own. */
  readonly quarantined: ReadonlyMap<number, Quarantine>
  readonly counts: EmbedCounts
  readonly warnings: readonly Warning[]
  readonly isSimulated: boolean
  /** Null where the CPU was asked for, or nothing was embedded. */
  readonly device: DeviceChoice | null
}

/** A model that was opened, tried and closed again, with its class vectors: these are small, and need no text encoder any more. */
export type PreparedModel = {
  readonly identity: ModelIdentity
  readonly designs: readonly ClassDesign[]
  /** What was taken where threads or batch are left open, so that they are not looked for again. */
  readonly pace: Pick<Tools, 'threads' | 'batch'>
}

type OneModel = Asked &
  PlannedModel & {
    readonly training: Dataset | null
    readonly prepared: PreparedModel | null
  }

/** Opens each model of a plan, one after the other, so that a broken folder, a prompt that is too long and a model named twice are refused
 *  before the first image is read, but for the sample by which a precision is chosen. Only one model is in memory at a time. Throws ModelError. */
export async function prepareModels(planned: readonly PlannedModel[], tools: Tools): Promise<PreparedModel[]> {
  const prepared: PreparedModel[] = []
  for (const { model, plan } of planned) {
    const one = await withEmbedder(model, plan, tools, async (embedder) => ({
      designs: await designsOf(plan, embedder),
      identity: await embedder.identity(),
      pace: embedder.pace,
    }))
    const before = prepared.findIndex(({ identity }) => identity.sha256 === one.identity.sha256)
    if (before >= 0) {
      const received = `a folder with the same files as ${quoted(planned[before].model)}`
      const hint = 'Name each model once; a copy under another name decides alike'
      throw new ModelError('model.twice', { at: model, expected: 'another model', received, hint })
    }
    prepared.push(one)
  }
  return prepared
}

/** The decisions of one model under every label set of a plan. `prepared` is what {@link prepareModels} gave for it, or null: then its
 *  prompts are read while the first images are looked for. Throws ModelError. */
export async function decideWithModel(of: OneModel, tools: Tools): Promise<ModelRun> {
  const { model, plan, dataset, prepared, dtypeChoice } = of
  return withEmbedder(model, plan, { ...tools, ...prepared?.pace }, async (embedder) => {
    const scale = statedLogits(embedder.model.folder, {
      logitScale: plan.logitScale,
      logitBias: plan.logitBias ?? null,
    })
    const identity = await unchangedIdentity(embedder, prepared)
    const reading = prepared === null ? designsOf(plan, embedder) : Promise.resolve(prepared.designs)
    const sentences = sentenceVectors(embedder)
    const texts = reading.then(() => sentences(of.captions?.captions ?? []))
    const [designs, images] = await Promise.all([
      reading,
      embedDataset(plan, dataset, embedder, tools, { encoderIsFree: texts }),
      texts,
    ]) // prompts and captions are refused before any image is read
    const facts = {
      ...modelFacts(embedder.model, identity ?? (await embedder.identity())),
      ...scale,
      ...(dtypeChoice === null ? {} : { dtypeChoice }),
    }
    tools.onProgress({ stage: 'scoring', model: facts.name, labelSets: designs.map(({ labelSet }) => labelSet) })
    const decided = await decideAndObserve({
      ...of,
      designs,
      images,
      ...logitsOf(facts),
      multiply: embedder.model.similarities,
      embedTexts: sentences,
      embedAltered: (alteration) => embedAltered(plan, { dataset, images }, alteration, embedder, tools),
      embedTraining: async () =>
        of.training === null ? null : embedTraining(of.training, { plan, dataset, images }, embedder, tools),
    })
    return {
      model: facts,
      preprocessing: embedder.model.preprocessing,
      embeddedWith: settingsUsed(images.hashes, embedder.images),
      ...decided,
      hashes: images.hashes,
      quarantined: images.quarantined,
      counts: images.counts,
      warnings: [...imageWarnings(images.flags), ...dtypeWarnings(embedder.model.folder)],
      isSimulated: embedder.model.isSimulated,
      device: embedder.deviceChoice(),
    }
  })
}

async function withEmbedder<Result>(
  model: string,
  plan: Plan,
  tools: Tools,
  work: (embedder: Embedder) => Promise<Result>,
): Promise<Result> {
  const embedder = await openEmbedder(model, plan, tools)
  try {
    return await work(embedder)
  } finally {
    await embedder.close()
  }
}

/** Between preparing a model and using it the others ran, perhaps for hours: class vectors of other weights would go unnoticed. */
async function unchangedIdentity(embedder: Embedder, prepared: PreparedModel | null): Promise<ModelIdentity | null> {
  if (prepared === null) return null
  const identity = await embedder.identity()
  if (identity.sha256 === prepared.identity.sha256) return identity
  throw new ModelError('model.changed', {
    at: embedder.model.folder.folder,
    expected: 'the files as they were when the run began',
    received: 'others',
    hint: 'Run again; what was embedded is kept',
  })
}

function imageWarnings(flags: ReadonlyMap<ImageNote, number>): Warning[] {
  return [...flags].sort().map(([flag, count]) => ({
    code: `image.${flag}`,
    count,
    message: `${count} ${IMAGE_NOTES[flag]}`,
  }))
}

/** Quantising one side moves its vectors alone, and with them every cosine. */
function dtypeWarnings({ name, dtypes, isCombined }: ModelFolder): Warning[] {
  if (isCombined || dtypes.vision === dtypes.text) return []
  const message = `model ${name}: the image encoder is ${dtypes.vision} and the text encoder ${dtypes.text}; they were not made to go together`
  return [{ code: 'model.dtypes-differ', count: 1, message }]
}

/** What each note on a readable image means for the audit. */
const IMAGE_NOTES: Readonly<Record<ImageNote, string>> = {
  'alpha-dropped': 'images had transparency, which was dropped, not blended',
  animated: 'images are animated; the first frame was used',
  cmyk: 'images are CMYK and were converted to RGB, which other software does differently',
  'sixteen-bit': 'images have 16 bits a channel and were reduced to 8, which other software does differently',
  'exif-orientation-ignored': 'images ask to be rotated (EXIF) and were used as stored, as CLIP does',
  'name-differs-from-content': 'images are of another format than their names say; the content decided',
}
