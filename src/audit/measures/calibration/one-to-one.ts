import type { LabelSetFacts } from '../../types/facts.js'
import type { MeasureOf } from '../../types/measures.js'
import type { Missing } from '../measure-kind.js'
import { impliedValues } from '../reading/implied-values.js'

type Labels = Pick<LabelSetFacts, 'labels'>

/** The value of an attribute that each label implies, label by label, where labels and values correspond one to one; null where some
 *  label implies none or several, or two labels the same. Only then is the probability of a label the probability of a value: beside
 *  "a thief", or with two labels for one value, it is the probability of something else. */
export function oneToOne({ labels }: Labels, attribute: string): string[] | null {
  const values = [...(impliedValues(labels, attribute)?.values() ?? [])]
  return values.length === labels.length && new Set(values).size === values.length ? values : null
}

/** The attributes of the measure whose values the labels imply one to one. */
export function attributesAsked({ attributes }: MeasureOf<'calibration'>, labelSet: Labels): string[] {
  return attributes.filter((attribute) => oneToOne(labelSet, attribute) !== null)
}

/** A label set is asked if it answers some attribute. */
export function missingForCalibration(measure: MeasureOf<'calibration'>, labelSet: Labels): Missing | null {
  if (attributesAsked(measure, labelSet).length > 0) return null
  return { reason: 'attribute-absent', missing: measure.attributes.join(', ') }
}
