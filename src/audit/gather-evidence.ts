import { basename } from 'node:path'
import { chooseDtypes } from './choose-dtype.js'
import { decideWithModel, prepareModels } from './decide-with-model.js'
import type { ModelRun } from './decide-with-model.js'
import { decideWithVectors } from './decide-with-vectors.js'
import type { VectorsRun } from './decide-with-vectors.js'
import { readCaptions } from './dataset/read-captions.js'
import { readDecisionsFiles } from './dataset/read-annotators.js'
import type { DecisionsFile } from './dataset/read-decisions.js'
import { readTraining } from './embed-training.js'
import { DatasetError, quoted } from './errors.js'
import { changedBetweenModels, firstHashes, joinQuarantined, joinWarnings } from './join-model-runs.js'
import type { RowCells } from './scoring/cells.js'
import type { Tools } from './tools.js'
import type { ModelDevice } from './types/audit.js'
import type { EvidenceFacts, ModelFacts } from './types/facts.js'
import type { AttributeColumn, Dataset, Quarantine, Warning } from './types/dataset.js'
import type { Decisions } from './types/decisions.js'
import { sourceName } from './types/source-name.js'
import type { Plan } from './types/definitions.js'
import type { Observation } from './types/observations.js'

/** Decisions of every label set, from every model and every file, with what is known of where they come from. */
export type Evidence = {
  readonly models: readonly ModelFacts[]
  /** e1, e2, ...: models in the order of the plan, then vectors, then decisions files. */
  readonly evidence: readonly EvidenceFacts[]
  /** Per evidence, one entry per label set of the plan, in order. */
  readonly decisions: readonly DecisionsOfEvidence[]
  /** Of the image files; null when none was opened. */
  readonly hashes: readonly (string | null)[] | null
  /** Rows that some model could not take: they are out for all, so that every figure of the audit is about the same images. */
  readonly quarantined: ReadonlyMap<number, Quarantine>
  readonly warnings: readonly Warning[]
  /** Some model says of itself that it was constructed. */
  readonly isSimulated: boolean
  readonly vectors: readonly VectorCounts[]
  /** Of models for which another device than the CPU was asked for. */
  readonly devices: readonly ModelDevice[]
  /** What measures took from scores and embeddings. */
  readonly observations: readonly Observation[]
}

export type Asked = {
  readonly plan: Plan
  readonly dataset: Dataset
  readonly cells: RowCells
  /** Who is in each image; null unless a probe of identities was acknowledged. */
  readonly identities?: AttributeColumn | null
}

export type DecisionsOfEvidence = {
  readonly evidence: string
  readonly decisions: readonly Decisions[]
  /** Per label set, the rows that each label which an ablation adds would take; null where decisions were made elsewhere. */
  readonly taken: ModelRun['taken'] | null
}

/** How many images one model took from the store, embedded, and could not embed. */
export type VectorCounts = {
  readonly model: string
  readonly found: number
  readonly embedded: number
  readonly quarantined: number
}

/** Gathers the decisions an audit counts: from model folders, one after the other and image by image, and from files of decisions made
 *  elsewhere. Whatever can be refused without an image is refused first, for every model and file. */
export async function gatherEvidence(
  { plan, dataset, cells, identities = null }: Asked,
  tools: Tools,
): Promise<Evidence> {
  const captions = plan.captions === null ? null : await readCaptions(plan.captions, dataset)
  const files = await readFiles(plan, dataset)
  const training = await readTraining(plan, dataset)
  const planned = await chooseDtypes(plan, dataset, tools)
  const prepared = planned.length > 1 ? await prepareModels(planned, tools) : null
  const runs: ModelRun[] = []
  for (const [index, one] of planned.entries())
    runs.push(
      await decideWithModel(
        {
          ...one,
          evidence: `e${index + 1}`,
          dataset,
          cells,
          captions,
          identities,
          training,
          prepared: prepared?.[index] ?? null,
        },
        tools,
      ),
    )
  const asked = { plan, dataset, cells, captions, identities }
  return joinEvidence(runs, await decideAll(asked, runs.length, tools), files)
}

/** Vectors made elsewhere, one source after the other. */
async function decideAll(
  asked: Omit<Parameters<typeof decideWithVectors>[0], 'vectors' | 'evidence'>,
  before: number,
  tools: Tools,
): Promise<VectorsRun[]> {
  const runs: VectorsRun[] = []
  for (const [index, vectors] of (asked.plan.fromEmbeddings ?? []).entries()) {
    const run = await decideWithVectors({ ...asked, vectors, evidence: `e${before + index + 1}` }, tools)
    const twin = runs.find(({ source }) => hashesOf(source) === hashesOf(run.source))
    if (twin !== undefined) {
      const received = `the same files as those of ${quoted(twin.source.model)}`
      const hint = 'The same vectors decide alike; name each once'
      throw new DatasetError('vectors.twice', { at: vectors.file, expected: 'other vectors', received, hint })
    }
    runs.push(run)
  }
  return runs
}

/** Without embeddings.yaml, which comes first: the same vectors under another name are the same. Another text encoder decides otherwise. */
function hashesOf({ files, texts }: VectorsRun['source']): string {
  const tower = texts.kind === 'model' ? [texts.sha256] : []
  return [...files.slice(1).map(([, sha256]) => sha256), ...tower].join(' ')
}

async function readFiles(plan: Plan, dataset: Dataset): Promise<DecisionsFile[]> {
  const read: DecisionsFile[] = []
  for (const file of plan.fromDecisions) {
    const found = await readDecisionsFiles(file, dataset, plan.labelSets, plan.decisionsMap)
    const before = read.find(({ source }) => found.some((one) => one.source.sha256 === source.sha256))
    if (before !== undefined) {
      const received = `the same content as ${quoted(basename(before.source.file))}`
      const hint = 'Two models that decide alike on every image are one; name each file once'
      throw new DatasetError('decisions.twice', { at: file, expected: 'decisions of another model', received, hint })
    }
    read.push(...found)
  }
  return read
}

function joinEvidence(
  runs: readonly ModelRun[],
  vectorRuns: readonly VectorsRun[],
  files: readonly DecisionsFile[],
): Evidence {
  const isOneOfSeveral = runs.length + vectorRuns.length + files.length > 1
  const sources = [
    ...runs.map(ofModel),
    ...vectorRuns.map((run) => ofVectors(run, isOneOfSeveral)),
    ...files.map((file) => ofFile(file, isOneOfSeveral)),
  ]
  const named = [
    ...runs.map(({ model, quarantined }) => ({ model, quarantined })),
    ...vectorRuns.map(({ source, quarantined }) => ({ model: { name: source.model }, quarantined })),
  ]
  const hashes = firstHashes(runs)
  return {
    models: runs.map(({ model }) => model),
    evidence: sources.map(({ evidence }, index) => ({ id: `e${index + 1}`, ...evidence })),
    decisions: sources.map(({ decisions, taken }, index) => ({ evidence: `e${index + 1}`, decisions, taken })),
    hashes,
    quarantined: joinQuarantined(named, changedBetweenModels(runs, hashes ?? [])),
    warnings: [...joinWarnings(runs), ...sources.flatMap(({ warnings }) => warnings)],
    isSimulated: [...runs, ...vectorRuns].some((run) => run.isSimulated),
    devices: runs.flatMap(({ model, device }) => (device === null ? [] : [{ model: model.name, ...device }])),
    vectors: runs.map(({ model, counts }) => ({ model: model.name, ...counts })),
    observations: [...runs, ...vectorRuns].flatMap(({ observations }) => observations),
  }
}

type EvidenceOf<Facts> = Facts extends unknown ? Omit<Facts, 'id'> : never
type Source = {
  readonly evidence: EvidenceOf<EvidenceFacts>
  readonly decisions: readonly Decisions[]
  readonly taken: ModelRun['taken'] | null
  readonly warnings: readonly Warning[]
}

function ofModel({ model, preprocessing, embeddedWith, decisions, taken }: ModelRun): Source {
  const evidence = { model: model.id, kind: 'embeddings' as const, preprocessing, embeddedWith }
  return { evidence, decisions, taken, warnings: [] }
}

function ofVectors({ source, decisions, taken, warnings }: VectorsRun, isOneOfSeveral: boolean): Source {
  return {
    evidence: { model: null, modelReason: 'vectors-only', kind: 'vectors', source },
    decisions,
    taken,
    warnings: warnings.map((one) => (isOneOfSeveral ? { ...one, message: `${source.model}: ${one.message}` } : one)),
  }
}

function ofFile({ decisions, source, warnings, decidedBy }: DecisionsFile, isOneOfSeveral: boolean): Source {
  const file = basename(source.file)
  return {
    evidence: {
      model: null,
      modelReason: 'decisions-only',
      kind: 'decisions',
      source: { ...source, file },
      ...(decidedBy === undefined ? {} : { decidedBy }),
    },
    decisions,
    taken: null,
    warnings: warnings.map((one) =>
      isOneOfSeveral ? { ...one, message: `${sourceName({ source: { file }, decidedBy })}: ${one.message}` } : one,
    ),
  }
}
