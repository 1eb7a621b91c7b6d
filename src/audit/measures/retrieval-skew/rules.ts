import type { MeasureRules } from '../measure-kind.js'
import { observeRetrieval } from './observe.js'
import { tabulateRetrieval } from './tabulate.js'

/** How the groups are mixed in the first images that each label retrieves. Any label set can be asked. Evidence needed: scores. */
export const retrievalSkewRules: MeasureRules<'retrieval-skew'> = {
  missing: () => null,
  observe: observeRetrieval,
  tabulate: tabulateRetrieval,
}
