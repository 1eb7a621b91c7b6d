import type { TortureRow } from './torture.js'

/** A line of the table: `loop` is the file it stands in, without its ending. */
export type LoopRow = TortureRow & { readonly loop: string }

export type TortureRun = {
  readonly seed: string
  readonly day: string
  readonly machine: string
  /** Loops that did not end, or ended with something lost or wrong. */
  readonly failed: readonly string[]
}

/** Puts the rows of a run in place of those that these loops had, and keeps those of other loops. Throws where the document has no place for
 *  the figures. */
export function writeTable(text: string, rows: readonly LoopRow[], about: TortureRun): string
