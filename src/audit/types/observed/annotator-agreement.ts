import type { InCell, Observed } from './observed.js'

/** How many annotators put an image into each category: images with the same counts are counted together. */
export type AnnotatorAgreementObserved = Observed<'annotator-agreement'> & {
  readonly annotators: readonly string[]
  readonly categories: readonly string[]
  readonly cells: readonly InCell<{
    readonly patterns: readonly { readonly counts: readonly number[]; readonly images: number }[]
  }>[]
}
