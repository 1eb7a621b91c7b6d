import type { InCell, Observed } from './observed.js'

/** Images of which something holds: as they are and altered, only as they are, only altered. */
export type KeptLostGained = readonly [both: number, onlyBefore: number, onlyAfter: number]

/** Decisions on altered images beside those on the same images as they are. */
export type FeatureSensitivityObserved = Observed<'feature-sensitivity'> & {
  /** What the label set can answer of the outcomes and attributes of the measure, in their order; every list below follows it. */
  readonly outcomes: readonly string[]
  readonly attributes: readonly string[]
  /** Every image that is decided as it is. */
  readonly asTheyAre: readonly InCell<{
    readonly images: number
    readonly inOutcome: readonly number[]
    readonly right: readonly number[]
  }>[]
  readonly transforms: readonly {
    readonly transform: string
    readonly cells: readonly InCell<{
      /** Images decided both as they are and altered. */
      readonly images: number
      /** Decided as they are only: the altered image could not be embedded. They are in no pair. */
      readonly failed: number
      /** Images that get another label when altered. */
      readonly changed: number
      readonly inOutcome: readonly KeptLostGained[]
      readonly right: readonly KeptLostGained[]
    }>[]
  }[]
}
