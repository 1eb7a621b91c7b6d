import type { LabelSetFacts } from '../../types/facts.js'
import type { MeasureOf } from '../../types/measures.js'
import type { Missing } from '../measure-kind.js'
import { canRead, exactly } from '../reading/judge-label.js'

type Labels = Pick<LabelSetFacts, 'labels'>

/** What a label set can answer: outcomes that one of its labels has, and attributes that are read off its labels as accuracy reads them
 *  (measures.md B2). A label that implies nothing of the attribute, such as "a thief", is wrong about it. */
export function askedOf(
  { outcomes, attributes }: MeasureOf<'abstention'>,
  labelSet: Labels,
): { readonly outcomes: readonly string[]; readonly attributes: readonly string[] } {
  const present = new Set(labelSet.labels.map(({ outcome }) => outcome))
  return {
    outcomes: outcomes.filter((outcome) => present.has(outcome)),
    attributes: attributes.filter((attribute) => canRead(exactly(attribute), labelSet)),
  }
}

/** A label set is asked if it can answer anything. */
export function missingForAbstention(measure: MeasureOf<'abstention'>, labelSet: Labels): Missing | null {
  const { outcomes, attributes } = askedOf(measure, labelSet)
  if (outcomes.length > 0 || attributes.length > 0) return null
  return measure.outcomes.length > 0
    ? { reason: 'outcome-absent', missing: measure.outcomes[0] }
    : { reason: 'attribute-absent', missing: measure.attributes.join(', ') }
}
