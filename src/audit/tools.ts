import type { RunRecord } from './types/audit.js'
import type { DeviceAsked, DeviceChoice } from './types/device.js'
import type { Dtype } from './types/dtype.js'
import type { DtypeChoice } from './types/dtype-choice.js'
import type { Isolation } from './types/isolation.js'
import type { NumberAsked, PaceChoice } from './types/pace.js'
import type { QueueNotice } from './types/queue.js'

/** What the engine reports while it works; the command line decides how it looks. */
export type Progress =
  | {
      readonly stage: 'embedding'
      readonly model: string
      /** The run embeds with other models as well, before or after this one. */
      readonly isOneOfSeveral?: true
      /** Id of the alteration under which the images are embedded once more. */
      readonly altered?: string
      /** These are the images of a sample, embedded to see what this precision decides. */
      readonly trying?: Dtype
      /** These images are not audited: classifiers are fitted to them. */
      readonly isTraining?: true
      readonly done: number
      readonly total: number
      readonly failed: number
      /** Of those done, how many were in the store when the run began. */
      readonly found: number
    }
  /** Another process embeds with the same model, and is waited for. */
  | { readonly stage: 'waiting'; readonly pid: number; readonly host: string }
  /** Another device than the CPU was asked for, and this is what embeds. */
  | ({ readonly stage: 'device'; readonly model: string } & DeviceChoice)
  /** The precision was left open, and this is taken. */
  | ({ readonly stage: 'dtype'; readonly model: string } & DtypeChoice)
  /** Threads or images per run were left open, and these are taken; null while they are looked for. */
  | { readonly stage: 'pace'; readonly model: string; readonly choice: PaceChoice | null }
  /** Something about the store that its owner should know. */
  | {
      readonly stage: 'store'
      readonly notice:
        | 'damaged-vectors'
        | 'lost-vectors'
        | 'unusable-segments'
        | 'not-writable'
        | 'index-not-saved'
        | 'index-damaged'
        | 'own-segment'
      readonly count: number
    }
  /** Of the queue that shards are handed out by, or taken from. */
  | ({ readonly stage: 'queue' } & QueueNotice)
  | { readonly stage: 'scoring'; readonly model: string; readonly labelSets: readonly string[] }
  /** Images of two sets are read and held against each other, to find those in both. */
  | {
      readonly stage: 'comparing'
      readonly what: 'audited' | 'reference' | 'pairs'
      readonly done: number
      readonly total: number
    }

export type Stopwatch = { readonly lap: (stage: string) => void; readonly laps: () => RunRecord['durations'] }

/** Where vectors are kept between runs. */
export type StoreChoice = {
  readonly folder: string
  /** Distrust the saved state of files: read and hash each again. */
  readonly rehash?: boolean
}

/** Time, identity and messages come in from outside: nothing in the engine reads a clock or prints. */
export type Tools = {
  readonly version: string
  /** Intra-op threads for inference; undefined lets the model room take all cores. `auto`: as stored vectors were made, else what a short measurement takes;
   *  all cores where no image is embedded. */
  readonly threads?: NumberAsked
  /** Images per inference call; undefined takes what stored vectors were made with, else a default. `auto`: as with threads. */
  readonly batch?: NumberAsked
  /** What embeds images; undefined takes the CPU, whose vectors anybody can make again. */
  readonly device?: DeviceAsked
  /** Decode images and run models in processes of their own, which may die without taking the run along. Undefined: only where the plan asks for it. */
  readonly isolation?: Isolation
  /** Null or undefined: every run embeds everything, and keeps nothing. */
  readonly store?: StoreChoice | null
  /** Wall clock in milliseconds. It decides whether a file was changed too recently to be trusted to stay as it is, and times what `auto` tries. */
  readonly now: () => number
  /** Fires when the user asks to stop: work under way is finished and kept, and the run rejects with Interrupted. */
  readonly signal?: AbortSignal
  readonly onProgress: (progress: Progress) => void
  /** Asked after each batch of images; the next ones wait for the answer. `false` ends the run as `signal` does. Absent: it goes on. */
  readonly mayGoOn?: (progress: Extract<Progress, { stage: 'embedding' }>) => Promise<boolean>
  readonly stopwatch: () => Stopwatch
  readonly describeRun: (durations: RunRecord['durations'], cacheHits: number) => RunRecord
}
