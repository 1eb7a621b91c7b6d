import type { LabelSetFacts } from '../../types/facts.js'
import type { MeasureOf, ProbeOutcome } from '../../types/measures.js'
import type { Missing } from '../measure-kind.js'
import { impliedValues } from '../reading/implied-values.js'

type Labels = Pick<LabelSetFacts, 'labels'>

/** What a label set can answer of a measure. */
export type AskedOf = { readonly outcomes: readonly ProbeOutcome[]; readonly attributes: readonly string[] }

/** The outcomes whose categories all have a label, and the attributes of which every label implies one value: only there is a decision
 *  either right or wrong. With labels that imply nothing of it, such as *thief*, accuracy would mix two questions. */
export function askedOf({ outcomes, attributes }: MeasureOf<'feature-sensitivity'>, { labels }: Labels): AskedOf {
  const categories = new Set(labels.map(({ outcome }) => outcome))
  return {
    outcomes: outcomes.filter((outcome) => outcome.categories.every((category) => categories.has(category))),
    attributes: attributes.filter((attribute) => impliedValues(labels, attribute)?.size === labels.length),
  }
}

/** A label set is asked if it can answer anything. */
export function missingForSensitivity(
  measure: MeasureOf<'feature-sensitivity'>,
  labelSet: LabelSetFacts,
): Missing | null {
  const { outcomes, attributes } = askedOf(measure, labelSet)
  if (outcomes.length > 0 || attributes.length > 0) return null
  const present = new Set(labelSet.labels.map(({ outcome }) => outcome))
  const category = measure.outcomes.flatMap(({ categories }) => categories).find((one) => !present.has(one))
  return category === undefined
    ? { reason: 'attribute-absent', missing: measure.attributes.join(', ') }
    : { reason: 'outcome-absent', missing: category }
}
