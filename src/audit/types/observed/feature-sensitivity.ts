import type { InCell, Observed } from './observed.js'

/** Decisions on altered images beside those on the same images as they are. */
export type FeatureSensitivityObserved = Observed<'feature-sensitivity'> & {
  readonly transforms: readonly {
    readonly transform: string
    readonly cells: readonly InCell<{
      /** Images decided in both. */
      readonly images: number
      readonly changed: number
      /** Per outcome: flagged in both, only as it is, only when altered. */
      readonly outcomes: readonly (readonly [both: number, onlyBefore: number, onlyAfter: number])[]
      /** Per attribute: right in both, only as it is, only when altered. */
      readonly right: readonly (readonly [both: number, onlyBefore: number, onlyAfter: number])[]
    }>[]
  }[]
}
