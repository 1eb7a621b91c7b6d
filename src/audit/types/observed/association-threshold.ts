import type { InCell, Observed } from './observed.js'

/** Images that were given each label at each threshold. `logitScale` is null, with the reason and no thresholds, where the model does not
 *  state its own: then there are no probabilities. */
export type AssociationObserved = Observed<'association-threshold'> & {
  readonly logitScale: number | null
  readonly logitScaleReason: 'not in the export' | null
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
