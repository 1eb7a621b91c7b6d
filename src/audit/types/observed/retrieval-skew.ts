import type { Observed } from './observed.js'

/** The images that each query puts first, as groups: enough for every cut up to `longest`. */
export type RetrievalObserved = Observed<'retrieval-skew'> & {
  readonly attribute: string
  /** Values in declared order; `ranked` holds indexes into it. */
  readonly values: readonly string[]
  /** Images of each value that could be retrieved. */
  readonly images: readonly number[]
  readonly queries: readonly {
    readonly query: string
    /** Values of the images from the first on, as far as the longest cut (and all that tie with it). */
    readonly ranked: readonly number[]
    /** For every cut: images inside it, and left out of it, that tie with its last one. */
    readonly ties: readonly (readonly [cut: number, within: number, beyond: number])[]
  }[]
}
