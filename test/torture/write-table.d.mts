import type { TortureRow } from './torture.js'

export type TortureRun = {
  readonly seed: string
  readonly minutes: number
  readonly machine: string
  readonly day: string
  /** Every loop ended, with nothing lost and nothing wrong. */
  readonly isWhole: boolean
}

/** Puts the rows of a run in place of those of the last one. Throws where the document has no place for them. */
export function writeTable(text: string, rows: readonly TortureRow[], about: TortureRun): string
