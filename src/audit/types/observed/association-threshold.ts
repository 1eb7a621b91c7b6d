import type { InCell, Observed } from './observed.js'

/** Images that were given each label at each threshold. Only non-zero counts, in label order. */
export type AssociationObserved = Observed<'association-threshold'> & {
  readonly thresholds: readonly {
    readonly threshold: number
    readonly cells: readonly InCell<{
      readonly images: number
      readonly labels: readonly (readonly [label: string, images: number])[]
    }>[]
  }[]
}
