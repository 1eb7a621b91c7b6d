import type { Model } from '../model/open-model.js'
import type { ImageNote } from '../model/prepare-image.js'
import type { Dataset, Quarantine } from '../types/dataset.js'
import type { Embeddings } from '../types/decisions.js'

export type EmbeddedImages = {
  readonly embeddings: Embeddings
  /** SHA-256 of the bytes that were decoded, one per dataset row; null where no image was read. */
  readonly hashes: readonly (string | null)[]
  /** Rows that could not be read or embedded, on top of the dataset's own. */
  readonly quarantined: ReadonlyMap<number, Quarantine>
  /** Notes on readable images (converted from CMYK, first frame of several, ...) with the number of images. */
  readonly flags: ReadonlyMap<ImageNote, number>
}

export type EmbedProgress = { readonly done: number; readonly total: number; readonly failed: number }

const BATCHES_AHEAD = 3 // decoded pixels waiting for the encoder: enough to keep it busy, and memory flat

/** Reads, prepares and embeds every usable image of a dataset. Decoding runs beside inference, a few batches ahead.
 *  Vectors are divided by their length; a vector that is not finite or has no length quarantines its image. */
export async function embedImages(
  dataset: Dataset,
  model: Model,
  onProgress: (progress: EmbedProgress) => void,
): Promise<EmbeddedImages> {
  const todo = usableRows(dataset)
  const collected = newCollection(dataset.images.length, todo.length, model.dim)
  const pending: Promise<PreparedBatch>[] = []
  let next = 0
  const readAhead = (): void => {
    while (pending.length < BATCHES_AHEAD && next < todo.length) {
      const batch = prepareBatch(todo.slice(next, next + model.batch), dataset, model)
      batch.catch(() => undefined) // it is awaited below; until then, or if another batch fails first, nobody else listens
      pending.push(batch)
      next += model.batch
    }
  }
  onProgress({ done: 0, total: todo.length, failed: 0 })
  readAhead()
  for (let batch = pending.shift(); batch !== undefined; batch = pending.shift()) {
    const prepared = await batch
    readAhead()
    await embedBatch(prepared, model, collected)
    onProgress({ done: collected.done, total: todo.length, failed: collected.quarantined.size })
  }
  const { rows, vectors, filled, hashes, quarantined, flags } = collected
  const embeddings = { dim: model.dim, rows: rows.slice(0, filled), vectors: vectors.slice(0, filled * model.dim) }
  return { embeddings, hashes, quarantined, flags }
}

function usableRows(dataset: Dataset): number[] {
  return dataset.images
    .map((_, row) => row)
    .filter((row) => !dataset.excluded.has(row) && !dataset.quarantined.has(row))
}

type PreparedBatch = readonly { readonly row: number; readonly image: Awaited<ReturnType<Model['readImage']>> }[]

async function prepareBatch(rows: readonly number[], dataset: Dataset, model: Model): Promise<PreparedBatch> {
  return Promise.all(rows.map(async (row) => ({ row, image: await model.readImage(dataset.paths?.[row] ?? '') })))
}

type Collection = {
  readonly rows: Int32Array
  readonly vectors: Float32Array
  readonly hashes: (string | null)[]
  readonly quarantined: Map<number, Quarantine>
  readonly flags: Map<ImageNote, number>
  filled: number
  done: number
}

function newCollection(rows: number, usable: number, dim: number): Collection {
  return {
    rows: new Int32Array(usable),
    vectors: new Float32Array(usable * dim),
    hashes: new Array<string | null>(rows).fill(null),
    quarantined: new Map(),
    flags: new Map(),
    filled: 0,
    done: 0,
  }
}

async function embedBatch(batch: PreparedBatch, model: Model, collected: Collection): Promise<void> {
  collected.done += batch.length
  const readable = batch.flatMap(({ row, image }) => {
    if ('code' in image) {
      collected.quarantined.set(row, { code: image.code, reason: image.reason })
      return []
    }
    collected.hashes[row] = image.sha256OfBytes
    for (const flag of image.flags) collected.flags.set(flag, (collected.flags.get(flag) ?? 0) + 1)
    return [{ row, pixels: image.pixels }]
  })
  if (readable.length === 0) return
  const raw = await model.embedPixels(readable.map(({ pixels }) => pixels))
  readable.forEach(({ row }, index) =>
    keepVector(row, raw.subarray(index * model.dim, (index + 1) * model.dim), collected),
  )
}

function keepVector(row: number, vector: Float32Array, collected: Collection): void {
  let squares = 0
  for (const value of vector) squares += value * value
  if (!Number.isFinite(squares)) {
    collected.quarantined.set(row, {
      code: 'embed.nonfinite',
      reason: 'the image encoder returned numbers that are not finite; try the fp32 export',
    })
    return
  }
  if (squares === 0) {
    collected.quarantined.set(row, { code: 'embed.zero', reason: 'the image encoder returned a vector without length' })
    return
  }
  const length = Math.sqrt(squares)
  const start = collected.filled * vector.length
  for (let i = 0; i < vector.length; i++) collected.vectors[start + i] = vector[i] / length
  collected.rows[collected.filled] = row
  collected.filled++
}
