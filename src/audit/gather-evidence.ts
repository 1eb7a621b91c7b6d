import { basename } from 'node:path'
import { readDecisionsFile } from './dataset/read-decisions.js'
import { promptsOf } from './definitions/prompts.js'
import { ModelError } from './errors.js'
import { embedPrompts } from './embedding/embed-classes.js'
import { embedImages } from './embedding/embed-images.js'
import { openModel, type Model } from './model/open-model.js'
import type { ImageNote } from './model/prepare-image.js'
import { classVectors } from './scoring/class-vectors.js'
import { decide } from './scoring/decide.js'
import type { Tools } from './tools.js'
import type { EvidenceFacts, ModelFacts } from './types/audit.js'
import type { Dataset, Quarantine, Warning } from './types/dataset.js'
import type { Decisions, Embeddings } from './types/decisions.js'
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
}

/** Gathers the decisions an audit counts: from a model folder, image by image, or from a file of decisions made elsewhere. */
export async function gatherEvidence(plan: Plan, dataset: Dataset, tools: Tools): Promise<Evidence> {
  if (plan.fromDecisions !== null) return importDecisions(plan.fromDecisions, plan.labelSets, dataset)
  const model = await openModel(plan.models[0], {
    resize: plan.resize,
    ...(tools.threads === undefined ? {} : { threads: tools.threads }),
    ...(tools.batch === undefined ? {} : { batch: tools.batch }),
  })
  try {
    return await decideWithModel(model, plan, dataset, tools)
  } finally {
    await model.close()
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
  }
}

async function decideWithModel(model: Model, plan: Plan, dataset: Dataset, tools: Tools): Promise<Evidence> {
  const designs = await Promise.all(plan.labelSets.map((labelSet) => designOf(labelSet, model))) // prompts are refused before any image is read
  const images = await embedImages(dataset, model, (progress) =>
    tools.onProgress({ stage: 'embedding', model: model.facts.name, ...progress }),
  )
  const decisions: Decisions[] = []
  for (const design of designs) {
    tools.onProgress({ stage: 'scoring', labelSet: design.labelSet })
    decisions.push(await decideAll(images.embeddings, design, model, dataset.images.length))
  }
  const evidence: EvidenceFacts = {
    id: 'e1',
    model: model.facts.id,
    kind: 'embeddings',
    preprocessing: model.preprocessing,
    embeddedWith: [model.embeddedWith],
  }
  const warnings = [...images.flags].map(([flag, count]) => ({
    code: `image.${flag}`,
    count,
    message: `${count} ${IMAGE_NOTES[flag]}`,
  }))
  return {
    models: [model.facts],
    evidence: [evidence],
    decisions: [{ evidence: 'e1', decisions }],
    hashes: images.hashes,
    quarantined: images.quarantined,
    warnings,
    isSimulated: model.isSimulated,
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

type Design = Parameters<typeof decide>[1]

async function designOf(labelSet: LabelSet, model: Model): Promise<Design> {
  const prompts = promptsOf(labelSet).map(({ prompt }) => prompt)
  const raw = await embedPrompts(labelSet, prompts, model)
  const shape = { labels: labelSet.labels.length, templates: labelSet.templates.length, dim: model.dim }
  try {
    return { labelSet: labelSet.id, labels: shape.labels, vectors: classVectors(raw, shape) }
  } catch (cause) {
    const received = `vectors without a direction for the label set ${labelSet.id}`
    const hint = 'The text encoder returned zeros or numbers that are not finite; try the fp32 export'
    throw new ModelError(
      'model.text-vectors',
      { at: model.facts.name, expected: 'a direction for every prompt', received, hint },
      { cause },
    )
  }
}

async function decideAll(embeddings: Embeddings, design: Design, model: Model, rows: number): Promise<Decisions> {
  return decide(embeddings, design, { rows, multiply: model.similarities, logitScale: model.facts.logitScale })
}
