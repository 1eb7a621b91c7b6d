import type { MeasuredValue, Observed } from './observed.js'
import type { Group } from '../groups.js'

export type SelfSimilarityObserved = Observed<'self-similarity'> & {
  readonly groups: readonly (MeasuredValue & { readonly group: Group; readonly images: number })[]
}
