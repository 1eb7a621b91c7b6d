import type { RunRecord } from './types/audit.js'

/** What the engine reports while it works; the command line decides how it looks. */
export type Progress =
  | {
      readonly stage: 'embedding'
      readonly model: string
      readonly done: number
      readonly total: number
      readonly failed: number
    }
  | { readonly stage: 'scoring'; readonly labelSet: string }

export type Stopwatch = { readonly lap: (stage: string) => void; readonly laps: () => RunRecord['durations'] }

/** Time, identity and messages come in from outside: nothing in the engine reads a clock or prints. */
export type Tools = {
  readonly version: string
  /** Intra-op threads for inference; undefined lets the model room take all cores. */
  readonly threads?: number
  readonly batch?: number
  readonly onProgress: (progress: Progress) => void
  readonly stopwatch: () => Stopwatch
  readonly describeRun: (durations: RunRecord['durations']) => RunRecord
}
