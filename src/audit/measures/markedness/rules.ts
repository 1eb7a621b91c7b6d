import { impliedValues } from '../reading/implied-values.js'
import type { MeasureRules } from '../measure-kind.js'
import { observeMarkedness } from './observe.js'
import { markednessTables } from './tables.js'

/** Who is called just a person (measures.md B6; Wolfe & Caliskan 2022). Evidence needed: scores. */
export const markednessRules: MeasureRules<'markedness'> = {
  missing: ({ unmarked, attributes }, { labels }) => {
    if (!labels.some(({ outcome }) => outcome === unmarked)) return { reason: 'outcome-absent', missing: unmarked }
    const isAsked = attributes.some((attribute) => impliedValues(labels, attribute) !== null)
    return isAsked ? null : { reason: 'attribute-absent', missing: attributes.join(', ') }
  },
  observe: observeMarkedness,
  tabulate: markednessTables,
}
