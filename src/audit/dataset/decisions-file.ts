import type { SourceFile, Warning } from '../types/dataset.js'
import type { Decisions } from '../types/decisions.js'
import type { DecidedBy } from '../types/facts.js'

/** What a decisions file says, one entry per label set of the run, in their order. */
export type DecisionsFile = {
  readonly decisions: Decisions[]
  readonly source: SourceFile
  readonly warnings: Warning[]
  /** Where the file holds the decisions of several people: whose these are. */
  readonly decidedBy?: DecidedBy
}
