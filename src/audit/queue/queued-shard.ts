import { createHash } from 'node:crypto'
import { z } from 'zod'
import { DATASET_FORMATS, LABELLED_BY, RESIZE_MODES, UNKNOWN_VALUES } from '../definitions/plan-words.js'
import type { Quarantine } from '../types/dataset.js'
import type { EmbeddingPlan } from '../types/definitions.js'
import { DTYPES } from '../types/dtype.js'
import type { Shard } from '../types/shard.js'

/** The form of a job. Another version of it is another number: a worker gives back what it cannot read. */
export const QUEUED_SHARD_FORMAT = 'probity/queued-shard@1'

/** What a worker is asked for: one shard of one run. It names files and never holds what is in them, nor the name of any image. */
export type QueuedShard = {
  readonly format: typeof QUEUED_SHARD_FORMAT
  /** SHA-256 over all that decides the result, and how it is cut: see {@link runIdOf}. */
  readonly run: string
  readonly shard: Shard
  /** With one model; paths are absolute, and the same on every machine. */
  readonly plan: EmbeddingPlan
  /** Folder of the store of whoever asks. */
  readonly store: string
  /** Images per inference call. */
  readonly batch: number
  /** Of what whoever asks found under these paths: a worker that finds something else makes no vector. */
  readonly expected: ExpectedFiles
}

/** SHA-256 of the dataset's rows (`datasetAsFound`), of the files of the image encoder, and of the preprocessing. */
export type ExpectedFiles = { readonly dataset: string; readonly encoder: string; readonly preprocessing: string }

/** What a worker says of a shard that is done: counts, and the rows without a vector. Vectors go into the store alone. */
export type ShardResult = {
  readonly rows: number
  readonly found: number
  readonly embedded: number
  readonly quarantined: readonly ({ readonly row: number } & Quarantine)[]
}

/** How far a worker is with a shard, or why it gives it back. */
export type ShardProgress =
  | { readonly kind: 'embedding'; readonly done: number; readonly failed: number }
  | { readonly kind: 'refused'; readonly worker: string; readonly reason: string }

/** The id of a run: SHA-256 over all that decides its vectors, where they go, and how the rows are cut. The same command is the same run. */
export function runIdOf({ expected, batch, store }: Omit<QueuedShard, 'format' | 'run' | 'shard'>, of: number): string {
  const { dataset, encoder, preprocessing } = expected
  const parts = [QUEUED_SHARD_FORMAT, dataset, encoder, preprocessing, batch, store, of]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.int().min(0)
const path = z.string().min(1).max(4_096)
const text = z.string().max(10_000)
const texts = z.array(text)

const reading = z.strictObject({
  attributes: z
    .array(
      z.strictObject({
        name: text,
        values: texts.exactOptional(),
        aliases: z.array(z.tuple([text, text])).exactOptional(),
        labelledBy: z.enum([...LABELLED_BY, 'simulated']).exactOptional(),
        bins: z.strictObject({ edges: z.array(z.number()), names: texts }).exactOptional(),
      }),
    )
    .exactOptional(),
  box: z.strictObject({ columns: texts, unit: z.enum(['pixel', 'share']) }).exactOptional(),
  boxPadding: z.number().exactOptional(),
  delimiter: text.exactOptional(),
  encoding: text.exactOptional(),
  deadZone: z.number().exactOptional(),
  skinTone: z.enum(['majority', 'band']).exactOptional(),
  permittedUse: text.exactOptional(),
})

const dataset = z.strictObject({
  format: z.enum(DATASET_FORMATS),
  id: text,
  labels: path,
  images: path.nullable(),
  crop: text.nullable(),
  map: z.array(z.strictObject({ attribute: text, column: text })),
  join: z.array(path).exactOptional(),
  where: z.array(z.strictObject({ attribute: text, values: texts })),
  unknownValues: z.enum(UNKNOWN_VALUES),
  followOutside: z.boolean(),
  licence: text.nullable(),
  simulated: z.boolean(),
  reading: reading.exactOptional(),
})

const dtype = z.enum(DTYPES)
const plan = z.strictObject({
  models: z.tuple([path]),
  dataset,
  resize: z.enum(RESIZE_MODES),
  dtype: z.strictObject({ vision: dtype, text: dtype }).exactOptional(),
  isolate: z.literal(true).exactOptional(),
})

const shard = z
  .strictObject({ number: z.int().min(1), of: z.int().min(1) })
  .refine(({ number, of }) => number <= of, 'no such shard')

const queuedShard: z.ZodType<QueuedShard> = z.strictObject({
  format: z.literal(QUEUED_SHARD_FORMAT),
  run: sha256,
  shard,
  plan,
  store: path,
  batch: z.int().min(1).max(4_096),
  expected: z.strictObject({ dataset: sha256, encoder: sha256, preprocessing: sha256 }),
})

const code = z
  .string()
  .regex(/^[a-z]+\.[a-z-]+$/)
  .max(60)
const shardResult: z.ZodType<ShardResult> = z
  .strictObject({
    rows: count,
    found: count,
    embedded: count,
    quarantined: z.array(z.strictObject({ row: count, code, reason: z.string().max(1_000) })),
  })
  .refine(({ rows, found, embedded, quarantined }) => rows === found + embedded + quarantined.length, 'a lost row')

const shardProgress: z.ZodType<ShardProgress> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('embedding'), done: count, failed: count }),
  z.strictObject({ kind: z.literal('refused'), worker: z.string().max(300), reason: text }),
])

/** Reads what came out of the queue: anybody who can reach it could have put it there. Null for what is no job of this form. */
export function readQueuedShard(data: unknown): QueuedShard | null {
  return queuedShard.safeParse(data).data ?? null
}

/** The same for what a worker said of a shard that is done. */
export function readShardResult(data: unknown): ShardResult | null {
  return shardResult.safeParse(data).data ?? null
}

/** The same for how far a worker is. */
export function readShardProgress(data: unknown): ShardProgress | null {
  return shardProgress.safeParse(data).data ?? null
}

/** Which version of Probity could read it, as far as a job says. */
export function formatOf(data: unknown): string | null {
  const { format } = z.looseObject({ format: z.string().max(100) }).safeParse(data).data ?? { format: null }
  return format
}
