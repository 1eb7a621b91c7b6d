import type { InCell, Observed } from './observed.js'

/** How many people put an image into each label, under one condition: images with the same counts are counted together. */
export type AnnotatorAgreementObserved = Observed<'annotator-agreement'> & {
  /** Name of the file, or files, that the decisions came from. */
  readonly source: string
  /** zero-shot, one-shot, ...; null where the file names none. */
  readonly condition: string | null
  readonly annotators: readonly string[]
  /** Labels, by id. */
  readonly categories: readonly string[]
  readonly cells: readonly InCell<{
    readonly patterns: readonly { readonly counts: readonly number[]; readonly images: number }[]
  }>[]
}
