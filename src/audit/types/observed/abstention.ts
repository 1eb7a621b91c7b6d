import type { AtScale, InCell, Observed } from './observed.js'

/** Images kept, right and in each outcome at every threshold. */
export type AbstentionObserved = Observed<'abstention'> & {
  readonly by: 'margin' | 'probability'
  /** Why the model has no probabilities, where they were asked for; then there are no thresholds. */
  readonly reason?: NonNullable<AtScale['logitScaleReason']>
  /** What the label set can answer of the measure, in its order; the lists below follow it. */
  readonly attributes: readonly string[]
  readonly outcomes: readonly string[]
  readonly thresholds: readonly {
    /** Share of all decided images that lie below the threshold, as asked for: the threshold is this quantile. */
    readonly share: number
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
