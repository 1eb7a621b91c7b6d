import { basename, resolve } from 'node:path'
import { designsOf } from './class-designs.js'
import { embedDataset, openEmbedder } from './embed-dataset.js'
import { DefinitionError, ModelError } from './errors.js'
import { dtypesThere, usableDtypes } from './model/encoder-files.js'
import { movedDecisions } from './moved-decisions.js'
import { decide } from './scoring/decide.js'
import { createRandom } from './statistics/random.js'
import { wilsonInterval } from './statistics/wilson-interval.js'
import type { Tools } from './tools.js'
import type { Dataset } from './types/dataset.js'
import type { Decisions } from './types/decisions.js'
import type { Plan } from './types/definitions.js'
import type { Dtype } from './types/dtype.js'
import type { DtypeChoice, DtypeTrial } from './types/dtype-choice.js'

/** One model of a plan, with the plan as it is carried out for it. */
export type PlannedModel = {
  readonly model: string
  readonly plan: Plan
  /** Null where the plan names the precision, or is content with fp32. */
  readonly dtypeChoice: DtypeChoice | null
}

/** Tried in this order on a CPU. Halves are not among them: ONNX Runtime casts them to float32 there, and back. */
const FASTER_ON_CPU: readonly Dtype[] = ['q8', 'int8', 'uint8']
/** On any other device. Dynamic quantisation is not among them: its operators would run on the CPU. */
const FASTER_ELSEWHERE: readonly Dtype[] = ['fp16']

const SAMPLE = 256 // images: with none moved the interval ends at 1.5%, with five at 4.5%, with six just above 5%
/** Codes of errors that say nothing of an export: another run may not see them, and must choose the same. */
const OF_THE_MACHINE: readonly string[] = [
  'isolate.ended',
  'model.changed',
  'model.device',
  'model.memory',
  'model.timeout',
]
const ALPHA = 0.05 // whatever the policy says of the audit's own intervals
const MOST_MOVED = 0.05 // of the decisions of a label set, at the upper end of the interval

/**
 * Settles the precision of each model of a plan that leaves it open (`--dtype auto`), one after the other: the first of a fixed order that moves few
 * decisions of a sample of the dataset's own images away from those of fp32, under every label set. No time is measured, so that the same files and the
 * same seed choose the same. What the sample is embedded with is kept. Throws DefinitionError where the device is open too, ModelError and Interrupted.
 */
export async function chooseDtypes(plan: Plan, dataset: Dataset, tools: Tools): Promise<PlannedModel[]> {
  if (plan.chooseDtype !== true) return plan.models.map((model) => ({ model, plan, dtypeChoice: null }))
  if (tools.device === 'auto') throw deviceIsOpen()
  const planned: PlannedModel[] = []
  for (const model of plan.models) {
    const choice = await chooseDtype(model, { plan, dataset }, tools)
    if (choice !== null) tools.onProgress({ stage: 'dtype', model: basename(resolve(model)), ...choice })
    const taken = choice?.taken ?? 'fp32' // a folder that has nothing is refused when it is opened
    const dtype = taken === 'fp32' ? {} : { dtype: { vision: taken, text: taken } }
    planned.push({ model, plan: { ...plan, ...dtype }, dtypeChoice: choice })
  }
  return planned
}

type Of = { readonly plan: Plan; readonly dataset: Dataset }

async function chooseDtype(model: string, of: Of, tools: Tools): Promise<DtypeChoice | null> {
  const there = usableDtypes(dtypesThere(model))
  const [nearest, ...others] = there
  if (nearest === undefined) return null
  const faster = (tools.device ?? 'cpu') === 'cpu' ? FASTER_ON_CPU : FASTER_ELSEWHERE
  const candidates = faster.filter((dtype) => there.includes(dtype))
  const known = { taken: nearest, there, images: null, mostMoved: MOST_MOVED, alpha: ALPHA, trials: [] } as const
  if (others.length === 0) return { ...known, reason: 'only-one' }
  if (nearest !== 'fp32') return { ...known, reason: 'no-fp32' }
  if (candidates.length === 0) return { ...known, reason: 'none-faster' }
  return { ...known, ...(await compare(model, candidates, of, tools)) }
}

/** Tries one precision after the other until one of them moves few enough decisions. */
async function compare(
  model: string,
  candidates: readonly Dtype[],
  of: Of,
  tools: Tools,
): Promise<Pick<DtypeChoice, 'taken' | 'reason' | 'images' | 'trials'>> {
  const rows = sampleOf(of.dataset, of.plan.seed)
  const sampled = { ...of, model, rows }
  const plain = await decideSample(sampled, 'fp32', tools)
  const decided = rows.filter((row) => plain[0].winner[row] >= 0)
  const known = { taken: 'fp32', images: decided.length } as const
  if (!canShowFew(decided.length)) return { ...known, reason: 'too-few-images', trials: [] }
  const trials: DtypeTrial[] = []
  for (const dtype of candidates) {
    const trial = await tryDtype(sampled, dtype, { plain, decided }, tools)
    trials.push(trial)
    if (movesFew(trial)) return { ...known, taken: dtype, reason: 'few-moved', trials }
  }
  const areRefused = trials.every(({ kind }) => kind === 'refused')
  return { ...known, reason: areRefused ? 'all-refused' : 'too-many-moved', trials }
}

/** Whether a precision that moves none of so many decisions would be taken. */
function canShowFew(images: number): boolean {
  return images > 0 && wilsonInterval({ count: 0, total: images }, ALPHA).high <= MOST_MOVED
}

/** Rows drawn by the seed, without replacement, ascending. */
function sampleOf({ images, excluded, quarantined }: Dataset, seed: number): number[] {
  const usable = images.flatMap((_, row) => (excluded.has(row) || quarantined.has(row) ? [] : [row]))
  const drawn = createRandom(seed, 'dtype/sample').shuffle(usable).slice(0, SAMPLE)
  return drawn.sort((left, right) => left - right)
}

type Sampled = Of & { readonly model: string; readonly rows: readonly number[] }
type Plain = { readonly plain: readonly Decisions[]; readonly decided: readonly number[] }

async function tryDtype(sampled: Sampled, dtype: Dtype, { plain, decided }: Plain, tools: Tools): Promise<DtypeTrial> {
  try {
    const decisions = await decideSample(sampled, dtype, tools)
    const labelSets = sampled.plan.labelSets.map((labelSet, index) =>
      movedDecisions(labelSet, { rows: decided, before: plain[index], after: decisions[index] }, ALPHA),
    )
    return { dtype, kind: 'compared', labelSets }
  } catch (error) {
    if (!(error instanceof ModelError) || OF_THE_MACHINE.includes(error.code)) throw error
    return { dtype, kind: 'refused', code: error.code } // the message names a folder, and folders are no part of an audit
  }
}

function movesFew(trial: DtypeTrial): boolean {
  return trial.kind === 'compared' && trial.labelSets.every(({ interval }) => interval[1] <= MOST_MOVED)
}

/** What the sampled images are decided to be in one precision, under every label set. */
async function decideSample({ model, plan, dataset, rows }: Sampled, dtype: Dtype, tools: Tools): Promise<Decisions[]> {
  const embedder = await openEmbedder(model, { ...plan, dtype: { vision: dtype, text: dtype } }, tools)
  const trying: Tools = {
    ...tools,
    onProgress: (progress) =>
      tools.onProgress(progress.stage === 'embedding' ? { ...progress, trying: dtype } : progress),
  }
  try {
    const designs = await designsOf(plan, embedder)
    const { embeddings } = await embedDataset(plan, dataset, embedder, trying, { rows })
    const { similarities: multiply } = embedder.model
    return await decide(embeddings, designs, { rows: dataset.images.length, multiply, logitScale: null })
  } finally {
    await embedder.close()
  }
}

function deviceIsOpen(): DefinitionError {
  return new DefinitionError('plan.invalid', {
    at: 'command line',
    field: '--device',
    expected: 'a device that is named beside --dtype auto, such as cpu or cuda',
    received: 'auto',
    hint: 'What is fast differs between devices, and --device auto goes by what it measures: the precision would be left to chance.',
  })
}
