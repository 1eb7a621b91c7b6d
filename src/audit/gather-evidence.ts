import { basename } from 'node:path'
import { readDecisionsFile } from './dataset/read-decisions.js'
import { promptsOf } from './definitions/prompts.js'
import { ModelError } from './errors.js'
import { embedDataset, openEmbedder } from './embed-dataset.js'
import type { Embedder } from './embed-dataset.js'
import { embedPrompts } from './embedding/embed-prompts.js'
import type { TextSide } from './embedding/open-encoder.js'
import { settingsUsed } from './embedding/stored-embeddings.js'
import type { ImageNote } from './model/image-note.js'
import { modelFacts } from './model/model-facts.js'
import { classVectors } from './scoring/class-vectors.js'
import { decide } from './scoring/decide.js'
import type { ClassDesign } from './scoring/decide.js'
import type { Tools } from './tools.js'
import type { EvidenceFacts, ModelFacts } from './types/facts.js'
import type { Dataset, Quarantine, Warning } from './types/dataset.js'
import type { Decisions } from './types/decisions.js'
import type { LabelSet, Plan } from './types/definitions.js'

/** Decisions of every label set, from every model or from a file, with what is known of where they come from. */
export type Evidence = {
  readonly models: readonly ModelFacts[]
  readonly evidence: readonly EvidenceFacts[]
  /** Per evidence, one entry per label set of the plan, in order. */
  readonly decisions: readonly { readonly evidence: string; readonly decisions: readonly Decisions[] }[]
  readonly hashes: readonly (string | null)[] | null
  readonly quarantined: ReadonlyMap<number, Quarantine>
  readonly warnings: readonly Warning[]
  /** The model says of itself that it was constructed. */
  readonly isSimulated: boolean
  /** Images whose vector was stored before. */
  readonly cacheHits: number
}

/** Gathers the decisions an audit counts: from a model folder, image by image, or from a file of decisions made elsewhere. */
export async function gatherEvidence(plan: Plan, dataset: Dataset, tools: Tools): Promise<Evidence> {
  if (plan.fromDecisions !== null) return importDecisions(plan.fromDecisions, plan.labelSets, dataset)
  const embedder = await openEmbedder(plan, tools)
  try {
    return await decideWithModel(embedder, plan, dataset, tools)
  } finally {
    await embedder.close()
  }
}

async function importDecisions(file: string, labelSets: readonly LabelSet[], dataset: Dataset): Promise<Evidence> {
  const { decisions, source, warnings } = await readDecisionsFile(file, dataset, labelSets)
  const evidence: EvidenceFacts = {
    id: 'e1',
    model: null,
    modelReason: 'decisions-only',
    kind: 'decisions',
    source: { ...source, file: basename(source.file) },
  }
  return {
    models: [],
    evidence: [evidence],
    decisions: [{ evidence: 'e1', decisions }],
    hashes: null,
    quarantined: new Map(),
    warnings,
    isSimulated: false,
    cacheHits: 0,
  }
}

async function decideWithModel(embedder: Embedder, plan: Plan, dataset: Dataset, tools: Tools): Promise<Evidence> {
  const { model } = embedder
  const reading = readDesigns(plan.labelSets, embedder) // prompts are refused before any image is read
  const [designs, images] = await Promise.all([reading, embedDataset(plan, dataset, embedder, tools, reading)])
  const facts = modelFacts(model, await embedder.identity())
  tools.onProgress({ stage: 'scoring', labelSets: designs.map(({ labelSet }) => labelSet) })
  const decisions = await decide(images.embeddings, designs, {
    rows: dataset.images.length,
    multiply: model.similarities,
    logitScale: facts.logitScale,
  })
  const evidence: EvidenceFacts = {
    id: 'e1',
    model: facts.id,
    kind: 'embeddings',
    preprocessing: model.preprocessing,
    embeddedWith: settingsUsed(images.hashes, embedder.images),
  }
  const warnings = [...images.flags].sort().map(([flag, count]) => ({
    code: `image.${flag}`,
    count,
    message: `${count} ${IMAGE_NOTES[flag]}`,
  }))
  return {
    models: [facts],
    evidence: [evidence],
    decisions: [{ evidence: 'e1', decisions }],
    hashes: images.hashes,
    quarantined: images.quarantined,
    warnings,
    isSimulated: model.isSimulated,
    cacheHits: images.counts.found,
  }
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

/** The class vectors of every label set. The text encoder is freed afterwards: only images need memory from there on. */
async function readDesigns(labelSets: readonly LabelSet[], { model, openTexts }: Embedder): Promise<ClassDesign[]> {
  const side = await openTexts()
  try {
    const designs: ClassDesign[] = []
    for (const labelSet of labelSets) designs.push(await designOf(labelSet, side, model.folder.name))
    return designs
  } finally {
    await side.texts.close()
  }
}

async function designOf(labelSet: LabelSet, side: TextSide, at: string): Promise<ClassDesign> {
  const prompts = promptsOf(labelSet).map(({ prompt }) => prompt)
  const raw = await embedPrompts(labelSet, prompts, side)
  const shape = { labels: labelSet.labels.length, templates: labelSet.templates.length, dim: side.space.dim }
  try {
    return { labelSet: labelSet.id, labels: shape.labels, vectors: classVectors(raw, shape) }
  } catch (cause) {
    const received = `vectors without a direction for the label set ${labelSet.id}`
    const hint = 'The text encoder returned zeros or numbers that are not finite; try the fp32 export'
    throw new ModelError(
      'model.text-vectors',
      { at, expected: 'a direction for every prompt', received, hint },
      { cause },
    )
  }
}
