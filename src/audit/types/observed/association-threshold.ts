import type { AtScale, InCell, Observed } from './observed.js'

/** Images that were given each label at each threshold. */
export type AssociationObserved = Observed<'association-threshold'> &
  AtScale & {
    readonly thresholds: readonly {
      readonly threshold: number
      readonly cells: readonly InCell<{
        readonly images: number
        /** Images that no label reached. */
        readonly without: number
        /** Only non-zero counts, in label order. */
        readonly labels: readonly (readonly [label: string, images: number])[]
      }>[]
    }[]
  }
