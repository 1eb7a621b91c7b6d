import type { PlannedModel } from './choose-dtype.js'
import { embedDataset, openEmbedder } from './embed-dataset.js'
import type { Embedder } from './embed-dataset.js'
import { countPasses } from './count-passes.js'
import { Interrupted } from './errors.js'
import { paceOf, secondsAt } from './forecast/pace.js'
import type { Lap } from './forecast/pace.js'
import { spreadOut } from './forecast/spread-out.js'
import { timePrompts } from './time-prompts.js'
import { timeScoring } from './time-scoring.js'
import type { Tools } from './tools.js'
import type { Dataset } from './types/dataset.js'
import type { Plan } from './types/definitions.js'
import type { ModelForecast, Pace } from './types/forecast.js'
import { secondsSince } from './watch.js'
import type { Watch } from './watch.js'

const MOST_BATCHES = 12
const ENOUGH_SECONDS = 10 // a measurement is over after so long, but not before
const LEAST_BATCHES = 3 // of which the first fills the pipeline

const BYTES_BESIDE_A_VECTOR = 64 + 96 // its entry in a segment, and that of its file in the index

export type ForecastOf = PlannedModel & {
  readonly dataset: Dataset
  readonly training: Dataset | null
}

/** What one model of a plan will take. Opens it, embeds some images and prompts, and decides some drawn vectors. Throws ModelError and DefinitionError. */
export async function forecastModel(
  { model, plan, dtypeChoice, dataset, training }: ForecastOf,
  tools: Tools,
): Promise<ModelForecast> {
  const watch = secondsSince(tools)
  const { embedder, open } = await openTimed(model, plan, tools, watch)
  try {
    const prompts = await timePrompts(plan, embedder, watch)
    const { passes, missing } = await countPasses({ plan, dataset, training }, embedder)
    const { pace, embedded, unusable } = await timeImages({ plan, dataset, missing }, embedder, tools)
    const [own, ...others] = passes
    const now = [{ ...own, stored: own.stored + embedded }, ...others]
    const left = now.reduce((sum, { images, stored }) => sum + images - stored, 0) - unusable
    const decided = now.reduce((sum, { what, images }) => sum + (what === 'training' ? 0 : images), 0)
    return {
      model: embedder.model.folder.name,
      ...(dtypeChoice === null ? {} : { dtypeChoice }),
      dim: embedder.model.dim,
      batch: embedder.model.batch,
      passes: now,
      prompts: prompts.counts,
      pace,
      unusable,
      seconds: {
        open,
        prompts: prompts.seconds,
        embedding: left === 0 ? { low: 0, middle: 0, high: 0 } : pace === null ? null : secondsAt(pace, left),
        scoring: await timeScoring(plan, decided, embedder.model, watch),
      },
      storeBytes: left * (4 * embedder.model.dim + BYTES_BESIDE_A_VECTOR),
    }
  } finally {
    await embedder.close()
  }
}

/** Opens a model. Where threads or batch are left open, the run that follows finds them in a store that is kept, so trying them counts only without one. */
async function openTimed(
  model: string,
  plan: Plan,
  tools: Tools,
  watch: Watch,
): Promise<{ readonly embedder: Embedder; readonly open: number }> {
  const isFoundLater = tools.store !== undefined && tools.store !== null
  let [open, isTrying] = [0, false]
  const count = (): void => {
    const seconds = watch()
    if (!isTrying || !isFoundLater) open += seconds
  }
  const onProgress: Tools['onProgress'] = (progress) => {
    if (progress.stage === 'pace') {
      count()
      isTrying = progress.choice === null
    }
    tools.onProgress(progress)
  }
  const embedder = await openEmbedder(model, plan, { ...tools, onProgress })
  count()
  return { embedder, open }
}

type Sample = { readonly plan: Plan; readonly dataset: Dataset; readonly missing: readonly number[] }

/** Embeds images from all over the dataset, as the run itself will, until the pace is known. */
async function timeImages(
  { plan, dataset, missing }: Sample,
  embedder: Embedder,
  tools: Tools,
): Promise<{ readonly pace: Pace | null; readonly embedded: number; readonly unusable: number }> {
  const sample = spreadOut(missing, MOST_BATCHES * embedder.model.batch)
  if (sample.length === 0) return { pace: null, embedded: 0, unusable: 0 }
  const isEnough = new AbortController()
  const laps: Lap[] = []
  const watch = secondsSince(tools)
  let [before, seconds, unusable] = [0, 0, 0]
  try {
    const measuring: Tools = {
      ...tools,
      signal: AbortSignal.any([isEnough.signal, ...(tools.signal === undefined ? [] : [tools.signal])]),
      onProgress: (progress) => {
        if (progress.stage !== 'embedding') return tools.onProgress(progress)
        unusable = progress.failed
        if (progress.done === before) return
        const lap = { done: progress.done - before, seconds: watch() }
        laps.push(lap)
        before = progress.done
        seconds += lap.seconds
        if (laps.length >= LEAST_BATCHES && seconds >= ENOUGH_SECONDS) isEnough.abort()
      },
    }
    await embedDataset(plan, dataset, embedder, measuring, { rows: sample })
  } catch (error) {
    if (!(error instanceof Interrupted) || tools.signal?.aborted === true) throw error
  }
  return { pace: paceOf(laps), embedded: before - unusable, unusable }
}
