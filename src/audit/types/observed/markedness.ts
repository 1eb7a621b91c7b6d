import type { InCell, Observed } from './observed.js'

/** For each attribute: images for which the label without a group beats the label of their own value, of those that have such a label.
 *  `ties`: images for which both have exactly the same score, so that the label that stands first in the set has them. */
export type MarkednessObserved = Observed<'markedness'> & {
  readonly attributes: readonly {
    readonly attribute: string
    readonly cells: readonly InCell<{ readonly unmarked: number; readonly images: number; readonly ties: number }>[]
  }[]
}
