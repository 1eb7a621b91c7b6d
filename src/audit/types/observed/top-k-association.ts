import type { AtScale, InCell, Observed } from './observed.js'

/** Images with at least one counting label in each association. */
export type TopKObserved = Observed<'top-k-association'> &
  AtScale & {
    readonly thresholds: readonly {
      readonly threshold: number
      readonly cells: readonly InCell<{
        readonly images: number
        /** Images of which no label reaches the threshold; they stay in the total. */
        readonly without: number
        /** Those that the label set has, in the order of the probe. */
        readonly associations: readonly (readonly [association: string, images: number])[]
      }>[]
    }[]
  }
