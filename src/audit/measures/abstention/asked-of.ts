import type { LabelSetFacts } from '../../types/facts.js'
import type { MeasureOf } from '../../types/measures.js'
import type { Missing } from '../measure-kind.js'

type Labels = Pick<LabelSetFacts, 'labels'>

/** What a label set can answer: outcomes that one of its labels has, and attributes of which its labels imply at least two values. A label
 *  that implies nothing of the attribute, such as "a thief", is wrong about it (measures.md B2). */
export function askedOf(
  { outcomes, attributes }: MeasureOf<'abstention'>,
  { labels }: Labels,
): { readonly outcomes: readonly string[]; readonly attributes: readonly string[] } {
  const present = new Set(labels.map(({ outcome }) => outcome))
  const valuesOf = (attribute: string): Set<string> =>
    new Set(
      labels.flatMap(({ implies }) =>
        implies.filter((implied) => implied.attribute === attribute).flatMap(({ values }) => values),
      ),
    )
  return {
    outcomes: outcomes.filter((outcome) => present.has(outcome)),
    attributes: attributes.filter((attribute) => valuesOf(attribute).size >= 2),
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
