import type { InCell, Observed } from './observed.js'

/** Images with at least one of their best labels in each association. */
export type TopKObserved = Observed<'top-k-association'> & {
  readonly thresholds: readonly {
    readonly threshold: number
    readonly cells: readonly InCell<{
      readonly images: number
      readonly associations: readonly (readonly [association: string, images: number])[]
    }>[]
  }[]
}
