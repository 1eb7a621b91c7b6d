import type { Chance } from '../chance.js'
import type { Group } from '../groups.js'
import type { Observed } from './observed.js'

/** A figure of one top: see measures.md B5. `bias` only where the probe names two values of the attribute. */
export type TopFigure = 'maxSkew' | 'minSkew' | 'ndkl' | 'entropy' | 'bias'

/** The images that each query puts first, as groups: enough for every cut that the list reaches. */
export type RetrievalObserved = Observed<'retrieval-skew'> & {
  readonly groupBy: readonly string[]
  /** Groups in declared order, those with an unknown value left out; `ranked` holds indexes into it. */
  readonly groups: readonly Group[]
  /** Images of each group that could be retrieved. */
  readonly images: readonly number[]
  readonly queries: readonly {
    /** Id of the label. */
    readonly query: string
    /** Groups of the images from the first on, spaces between, as far as the longest cut that the list reaches; where ties are kept, all
     *  that tie with its last one as well. Text, because a list of numbers would fill a line each. */
    readonly ranked: string
    /** For every cut that the list reaches: images inside it whose score another image has too, and images left out of it that tie with
     *  its last one. */
    readonly ties: readonly (readonly [cut: number, within: number, beyond: number])[]
  }[]
  /** What the means over queries, and the queries beyond chance, are by chance alone. All queries rank the same images, so this cannot be
   *  found from the queries one by one: values are permuted over the images and every query is taken again. */
  readonly together: readonly {
    readonly cut: number
    /** Outcome category whose queries are meant; null for all. */
    readonly outcome: string | null
    readonly means: readonly (readonly [figure: TopFigure, chance: Chance])[]
    /** Share of queries beyond the 95th percentile of one query. */
    readonly beyond: readonly (readonly [figure: TopFigure, chance: Chance])[]
  }[]
}
