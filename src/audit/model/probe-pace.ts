import { ModelError } from '../errors.js'
import type { DeviceAsked } from '../types/device.js'
import { numberNamed } from '../types/pace.js'
import type { NumberAsked, PaceChoice, PaceReason, PaceSetting, PaceTrial } from '../types/pace.js'
import { batchesToTry, choosePace, DEFAULT_BATCH, LEAST_GAIN, threadsToTry } from './choose-pace.js'
import { drawTwoImages } from './dry-run.js'
import type { TriedImages } from './dry-run.js'
import type { Model } from './open-model.js'

export type PaceAsked = { readonly threads: NumberAsked | undefined; readonly batch: NumberAsked | undefined }

/** A model as far as a probe needs it. */
export type Probed = Pick<Model, 'embedPixels' | 'embeddedWith' | 'settings' | 'tried' | 'close'>

/** What an earlier opening of the same model found; nothing at first. */
type Known = { readonly tried?: TriedImages; readonly device?: DeviceAsked }
export type OpenProbed = (numbers: Known & { readonly threads: number; readonly batch: number }) => Promise<Probed>

export type ProbeDesk = {
  /** Logical cores of the machine. */
  readonly cores: number
  /** Clock in milliseconds. */
  readonly now: () => number
}

const ENOUGH_MS = 10_000 // for each number that is left open; slow models take longer, because each candidate has its least rounds
const LEAST_ROUNDS = 2 // the first may still ask the system for memory
const MOST_ROUNDS = 20
const LEAST_MS = 200 // of one measurement: the clock may count whole milliseconds
const MOST_RUNS = 64 // of one measurement, whatever the clock says

/**
 * Finds with how many threads and images per run a model embeds drawn images fastest, of few candidates, where they are left open: threads first, then batches
 * with these threads. Also gives what opening found out about the encoder. What reading images takes beside it is not measured. Throws ModelError.
 */
export async function probePace(
  asked: PaceAsked,
  open: OpenProbed,
  { cores, now }: ProbeDesk,
): Promise<{ readonly choice: PaceChoice; readonly tried: TriedImages }> {
  const usual = { threads: numberNamed(asked.threads) ?? cores, batch: numberNamed(asked.batch) ?? DEFAULT_BATCH }
  const opened = new Map<number, Probed>()
  let known: Known = {}
  const openWith = async (threads: number): Promise<Probed> => {
    const before = opened.get(threads)
    if (before !== undefined) return before
    const model = await open({ threads, batch: usual.batch, ...known })
    opened.set(threads, model)
    await embedDrawn(model, 2) // loads the weights, which is not what is measured
    return model
  }
  try {
    const first = await openWith(usual.threads)
    const { tried } = first
    const { device = 'cpu' } = await first.embeddedWith()
    known = { tried, device }
    const isOnCpu = device === 'cpu'
    const threads = asked.threads === 'auto' ? await probeThreads(openWith, { isOnCpu, cores, batch: usual.batch }, now) : null // prettier-ignore
    const model = await openWith(threads?.taken ?? usual.threads)
    const batch = asked.batch === 'auto' ? await probeBatches(model, isOnCpu, now) : null
    return { choice: { threads, batch }, tried }
  } finally {
    for (const model of opened.values()) await model.close()
  }
}

async function probeThreads(
  openWith: (threads: number) => Promise<Probed>,
  { isOnCpu, cores, batch }: { readonly isOnCpu: boolean; readonly cores: number; readonly batch: number },
  now: () => number,
): Promise<PaceSetting> {
  const candidates = threadsToTry(cores)
  if (!isOnCpu) return unmeasured(cores, 'on-device')
  if (candidates.length === 1) return unmeasured(cores, 'one-core')
  const small = Math.min(batch, ...batchesToTry(isOnCpu)) // a larger one tells the same, and takes longer
  const trials = await inTurns(candidates, cores, async (threads) => embedDrawn(await openWith(threads), small), now)
  return measured(cores, trials)
}

async function probeBatches(model: Probed, isOnCpu: boolean, now: () => number): Promise<PaceSetting> {
  const { fixedBatch, isBatchInvariant } = model.tried
  if (fixedBatch !== null || !isBatchInvariant) return unmeasured((await model.embeddedWith()).batch, 'set-by-model')
  const embed = (batch: number): Promise<number> => embedDrawn(model, batch)
  return measured(DEFAULT_BATCH, await inTurns(batchesToTry(isOnCpu), DEFAULT_BATCH, embed, now))
}

function unmeasured(taken: number, reason: PaceReason): PaceSetting {
  return { taken, usual: taken, reason, trials: [], leastGain: LEAST_GAIN }
}

function measured(usual: number, trials: readonly PaceTrial[]): PaceSetting {
  return { taken: choosePace(usual, trials), usual, reason: 'measured', trials, leastGain: LEAST_GAIN }
}

/** Embeds one batch of drawn images, or as many as the export wants; gives how many. */
async function embedDrawn(model: Probed, batch: number): Promise<number> {
  const drawn = drawTwoImages(model.settings)
  const images = Math.max(batch, model.tried.fixedBatch ?? 0)
  await model.embedPixels(Array.from({ length: images }, (_, index) => drawn[index % drawn.length]), batch) // prettier-ignore
  return images
}

/**
 * Measures each candidate in turn, round after round, so that a machine that slows down favours none. The fastest of its rounds counts: whatever else
 * the machine does can only slow one down. A candidate that fails is refused; the usual one is what the run itself would take, so its failure is thrown.
 */
async function inTurns(
  candidates: readonly number[],
  usual: number,
  embed: (candidate: number) => Promise<number>,
  now: () => number,
): Promise<PaceTrial[]> {
  const trials = new Map<number, PaceTrial>()
  const started = now()
  for (let round = 0; round < LEAST_ROUNDS || (round < MOST_ROUNDS && now() - started < ENOUGH_MS); round++) {
    for (const value of candidates) {
      const before = trials.get(value)
      if (before?.kind === 'refused') continue
      try {
        const imagesPerSecond = await rateOf(() => embed(value), now)
        trials.set(value, { value, kind: 'measured', imagesPerSecond: Math.max(imagesPerSecond, before?.imagesPerSecond ?? 0) }) // prettier-ignore
      } catch (error) {
        if (!(error instanceof ModelError) || value === usual) throw error
        trials.set(value, { value, kind: 'refused', code: error.code })
      }
    }
  }
  return [...trials.values()]
}

async function rateOf(embed: () => Promise<number>, now: () => number): Promise<number> {
  const started = now()
  let [images, ms] = [0, 0]
  for (let run = 0; run < MOST_RUNS && ms < LEAST_MS; run++) {
    images += await embed()
    ms = now() - started
  }
  return (1000 * images) / Math.max(ms, 1)
}
