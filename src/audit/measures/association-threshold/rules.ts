import type { MeasureRules } from '../measure-kind.js'
import { observeAssociations } from './observe.js'
import { tabulateAssociations } from './tabulate.js'

/** Which labels an image is given when every label may be given that reaches a threshold, by group (measures.md B3). Any label set is
 *  a question. Evidence needed: scores. */
export const associationThresholdRules: MeasureRules<'association-threshold'> = {
  missing: () => null,
  observe: observeAssociations,
  tabulate: tabulateAssociations,
}
