import type { Group } from '../groups.js'
import type { MeasuredValue, Observed } from './observed.js'

/** Mean cosine between two images, of everyone (an empty group) and inside each group. Asked of the images alone: no label set. */
export type SelfSimilarityObserved = Observed<'self-similarity'> & {
  readonly groups: readonly (MeasuredValue & {
    readonly key: string
    readonly group: Group
    readonly images: number
    /** Of the group less the mean of those of the other groups of its grouping that have enough images. null for everyone. */
    readonly difference: MeasuredValue | null
  })[]
}
