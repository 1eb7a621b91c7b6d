import { availableParallelism } from 'node:os'
import { pMapIterable } from 'p-map'
import { Interrupted } from '../errors.js'
import type { ImageNote } from '../model/image-note.js'
import type { Model } from '../model/open-model.js'
import type { FileHashes } from '../store/file-hashes.js'
import { KeySet } from '../store/key-set.js'
import type { LockHolder } from '../store/store-lock.js'
import type { StoredVector } from '../store/segment-entry.js'
import type { VectorSpace } from '../store/vector-space.js'
import type { Dataset, Quarantine } from '../types/dataset.js'
import type { RawEmbeddings } from '../types/decisions.js'
import type { FileState } from '../types/files.js'
import { unlessAborted } from '../unless-aborted.js'
import { embedEach } from './embed-each.js'
import { findStored, settleStored } from './find-stored.js'
import type { KnownRow } from './find-stored.js'
import { ImageLedger } from './image-ledger.js'
import type { EmbedCounts } from './image-ledger.js'
import { MOST_FILES_AT_ONCE } from './most-files-at-once.js'
import { prepareRow } from './prepare-row.js'
import type { PreparedRow } from './prepare-row.js'
import { openSources } from './read-source.js'
import { storeDamaged, storedEmbeddings } from './stored-embeddings.js'

export type EmbeddedImages = {
  readonly embeddings: RawEmbeddings
  /** SHA-256 of the bytes that were decoded, one per dataset row; null where no image was read. */
  readonly hashes: readonly (string | null)[]
  /** Rows that could not be read or embedded, on top of the dataset's own. */
  readonly quarantined: ReadonlyMap<number, Quarantine>
  /** Notes on readable images (converted from CMYK, first frame of several, ...) with the number of images. */
  readonly flags: ReadonlyMap<ImageNote, number>
  readonly counts: EmbedCounts
}

export type EmbedProgress = {
  readonly done: number
  readonly total: number
  readonly failed: number
  /** Of those done, how many were in the store when the run began. */
  readonly found: number
}

export type EmbedDesk = {
  readonly space: VectorSpace
  /** Content hashes of the image files. */
  readonly hashes: FileHashes
  readonly onProgress: (progress: EmbedProgress) => void
  /** Another process embeds into the same space, and is waited for. */
  readonly onWait: (holder: LockHolder) => void
  /** Images that are not stored wait for this: the model may still be at work on texts. Its failure is the run's. */
  readonly encoderIsFree?: Promise<unknown>
  /** Content hashes from an earlier pass over the same rows: a row that holds something else by now is quarantined. */
  readonly expected?: readonly (string | null)[]
  /** The dataset rows to embed, ascending; the others are not looked at. Default: all. */
  readonly rows?: readonly number[]
  /** Other processes embed other rows into the same space meanwhile: none waits for another. */
  readonly beside?: boolean
  /** Finishes the batches under way, keeps them, and rejects with Interrupted. */
  readonly signal?: AbortSignal | undefined
  /** Asked after each batch, before another is begun; `false` does what the signal does. */
  readonly mayGoOn?: (progress: EmbedProgress) => Promise<boolean>
}

const BATCHES_AHEAD = 2 // prepared pixels waiting for the encoder: enough to keep it busy, and memory flat
const BATCHES_RUNNING = 2 // one in the encoder and one behind it, so that it never waits for this thread
const LEAST_PREPARED_AT_ONCE = 2 // one is read while another is decoded; more than the cores would only take time from the encoder

/**
 * Gives every usable image of a dataset its vector, and embeds only those whose vector is not stored: an unchanged file is not even
 * opened. Decoding runs beside inference, a few batches ahead. A vector that is not finite or has no length quarantines its image.
 * Vectors are stored as the encoder gives them, under the hash of the bytes that were decoded.
 */
export async function embedImages(dataset: Dataset, model: Model, given: EmbedDesk): Promise<EmbeddedImages> {
  const desk = stoppable(given)
  const { space, hashes } = desk
  const ledger = new ImageLedger(dataset, desk.expected, desk.rows)
  const seen = await findStored(ledger, space, hashes)
  desk.onProgress(standOf(ledger)())
  await unlessAborted(() => desk.encoderIsFree ?? Promise.resolve(), desk.signal).catch((error: unknown) => {
    throw error instanceof Error && error.name === 'AbortError' ? interruption(ledger, desk) : error
  })
  if (ledger.unsettled().length > 0) await embedMissing(ledger, seen, model, desk)
  await hashes.save()
  return {
    embeddings: storedEmbeddings(ledger, space),
    hashes: ledger.hashes.toArray(),
    quarantined: ledger.quarantined,
    flags: ledger.flags,
    counts: ledger.counts(),
  }
}

/** The desk with a signal that fires for a refusal to go on as well. */
function stoppable(desk: EmbedDesk): EmbedDesk {
  const { signal, mayGoOn } = desk
  if (mayGoOn === undefined) return desk
  const refusal = new AbortController()
  return {
    ...desk,
    signal: signal === undefined ? refusal.signal : AbortSignal.any([signal, refusal.signal]),
    mayGoOn: async (progress) => {
      const isWanted = await mayGoOn(progress)
      if (!isWanted) refusal.abort()
      return isWanted
    },
  }
}

/** Tells where the ledger stands; what is settled now counts as found. */
function standOf(ledger: ImageLedger): () => EmbedProgress {
  const found = ledger.done()
  const total = ledger.rows.length
  return () => ({ done: ledger.done(), total, failed: ledger.quarantined.size, found })
}

const MOST_PASSES = 3 // a vector that is damaged each time it is written is a broken disk

async function embedMissing(
  ledger: ImageLedger,
  seen: ReadonlyMap<number, FileState>,
  model: Model,
  desk: EmbedDesk,
): Promise<void> {
  const { space, hashes, onWait, signal, beside } = desk
  try {
    const known = space.size()
    await space.startWriting(await model.embeddedWith(), { onWait, signal, beside })
    if (space.size() > known) await findStored(ledger, space, hashes) // another process wrote while this one waited
    const stand = standOf(ledger)
    desk.onProgress(stand())
    for (let pass = 1; ledger.unsettled().length > 0; pass++) {
      if (pass > MOST_PASSES) throw storeDamaged('vectors that were written a moment ago')
      await runPipeline(ledger, seen, model, desk, stand)
      if (signal?.aborted === true) throw interruption(ledger, desk)
    }
  } catch (error) {
    throw error instanceof Error && error.name === 'AbortError' ? interruption(ledger, desk) : error
  } finally {
    await space.finishWriting()
    await hashes.save()
  }
}

function interruption(ledger: ImageLedger, { space }: EmbedDesk): Interrupted {
  const { embedded } = ledger.counts()
  return new Interrupted({ embedded, left: ledger.unsettled().length, isKept: space.isKept() })
}

type Ready = Extract<PreparedRow, { kind: 'pixels' }>

/** One pass over the rows that are not settled: files in, vectors out, in the order of the rows. */
async function runPipeline(
  ledger: ImageLedger,
  seen: ReadonlyMap<number, FileState>,
  model: Model,
  { space, hashes, signal, onProgress, mayGoOn }: EmbedDesk,
  stand: () => EmbedProgress,
): Promise<void> {
  const report = (): void => onProgress(stand())
  const desk = { read: openSources(model), model, hashes, isStored: (sha256: string) => space.has(sha256) }
  const prepared = pMapIterable(
    ledger.unsettled(),
    (row) => prepareRow({ row, source: ledger.sourceOf(row), seen: seen.get(row) }, desk),
    preparationLimits(model.batch),
  )
  const running: Promise<void>[] = []
  const underway = new KeySet()
  const stored: KnownRow[] = [] // their vectors are read at the end: they need no encoder
  const twins: KnownRow[] = [] // the same content as a row of this pass
  const faults = new Map<string, Quarantine>() // content that has no vector
  let batch: Ready[] = []
  const start = (): void => {
    const run = embedBatch(batch, ledger, model, space, faults).then(() => hashes.saveIfGrown()).then(report) // prettier-ignore
    run.catch(() => undefined) // it is awaited below; until then, or if another one fails first, nobody else listens
    running.push(run)
    batch = []
  }
  try {
    for await (const item of prepared) {
      if (signal?.aborted === true) break
      if (item.kind === 'fault') ledger.quarantine(item.row, item.fault)
      else if (underway.has(item.sha256)) twins.push({ row: item.row, sha256: item.sha256 })
      else if (item.kind === 'stored') stored.push(item)
      else {
        underway.add(item.sha256)
        batch.push(item)
      }
      if (batch.length === model.batch) start()
      if (running.length < BATCHES_RUNNING) continue
      await running.shift()
      await mayGoOn?.(stand())
    }
    if (batch.length > 0 && signal?.aborted !== true) start()
    for (const run of running) await run
  } finally {
    await Promise.allSettled(running) // nothing may write any more when the store is closed
  }
  await settleStored(stored, space, ledger.settleFound)
  for (const { row, sha256 } of twins) {
    const fault = faults.get(sha256)
    if (fault !== undefined) ledger.quarantine(row, fault)
  }
  const others = twins.filter(({ sha256 }) => !faults.has(sha256))
  await settleStored(others, space, ledger.settleEmbedded)
  report()
}

function preparationLimits(batch: number): { concurrency: number; backpressure: number } {
  const concurrency = Math.min(Math.max(LEAST_PREPARED_AT_ONCE, availableParallelism()), MOST_FILES_AT_ONCE)
  return { concurrency, backpressure: Math.max(concurrency, batch * BATCHES_AHEAD) }
}

async function embedBatch(
  batch: readonly Ready[],
  ledger: ImageLedger,
  model: Model,
  space: VectorSpace,
  faults: Map<string, Quarantine>,
): Promise<void> {
  const results = await embedEach(model, batch.map(({ pixels }) => pixels)) // prettier-ignore
  const records: (StoredVector & { readonly row: number })[] = []
  results.forEach((vector, index) => {
    const { row, sha256, note } = batch[index]
    if (vector instanceof Float32Array) records.push({ row, key: sha256, note, vector })
    else {
      faults.set(sha256, vector)
      ledger.quarantine(row, vector)
    }
  })
  await space.append(records.map(({ key, note, vector }) => ({ key, note, vector })))
  for (const { row, key, note, vector } of records) ledger.settleEmbedded(row, key, vector, note)
}
