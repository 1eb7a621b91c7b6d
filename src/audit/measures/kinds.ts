import type { MeasureKind } from '../types/measures.js'
import { attributeAccuracyRules } from './attribute-accuracy/rules.js'
import { featureSensitivityRules } from './feature-sensitivity/rules.js'
import type { MeasureRules } from './measure-kind.js'
import { outcomeRateRules } from './outcome-rate.js'

/** What each kind of measure does. */
const KINDS: { readonly [Kind in MeasureKind]?: MeasureRules<Kind> } = {
  'outcome-rate': outcomeRateRules,
  'attribute-accuracy': attributeAccuracyRules,
  'feature-sensitivity': featureSensitivityRules,
}

/** The rules of one kind. Throws RangeError where the kind has none: a probe of such a kind cannot be read. */
export function rulesOf<Kind extends MeasureKind>(kind: Kind): MeasureRules<Kind> {
  const rules: MeasureRules<Kind> | undefined = KINDS[kind]
  if (rules === undefined) throw new RangeError(`rulesOf knows no measure of kind ${kind}`)
  return rules
}
