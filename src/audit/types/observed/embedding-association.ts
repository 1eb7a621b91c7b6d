import type { MeasuredValue, Observed } from './observed.js'

/** Effect sizes with what partitions of the same images give: p is one-sided, the 95th percentile that of the effect itself. */
export type EmbeddingAssociationObserved = Observed<'embedding-association'> & {
  readonly tests: readonly (MeasuredValue & {
    readonly test: string
    /** Images of x and of y, words of a and of b. */
    readonly sizes: readonly [x: number, y: number, a: number, b: number]
    /** Mean cosine with the words of a less that with the words of b, of the images of x less those of y: the difference before it is put in
     *  deviations. null, with the value, where there are no images. */
    readonly difference: number | null
    /** Whether every partition was looked at; null where there is no figure. */
    readonly partitions: 'all' | 'drawn' | null
  })[]
}
