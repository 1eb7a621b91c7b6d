import type { MeasureRules } from '../measure-kind.js'
import { observeTopK } from './observe.js'
import { topKTables } from './tables.js'

/** Which associations stand among the best labels of an image (measures.md B4; Goyal et al. 2022). A label set is asked for those that it has.
 *  Evidence needed: scores. */
export const topKAssociationRules: MeasureRules<'top-k-association'> = {
  missing: ({ associations }, { outcomes }) => {
    const present = new Set(outcomes.map(([id]) => id))
    if (associations.some((association) => present.has(association))) return null
    return { reason: 'outcome-absent', missing: associations.join(', ') }
  },
  observe: observeTopK,
  tabulate: topKTables,
}
