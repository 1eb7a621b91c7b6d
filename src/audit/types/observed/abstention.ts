import type { InCell, Observed } from './observed.js'

/** Images kept, right and in each outcome at every threshold. */
export type AbstentionObserved = Observed<'abstention'> & {
  readonly attributes: readonly string[]
  readonly outcomes: readonly string[]
  readonly thresholds: readonly {
    readonly threshold: number
    readonly cells: readonly InCell<{
      readonly images: number
      readonly kept: number
      /** One for each attribute, and one for each outcome, of those kept. */
      readonly right: readonly number[]
      readonly inOutcome: readonly number[]
    }>[]
  }[]
}
