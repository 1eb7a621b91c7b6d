import type { MeasureRules } from '../measure-kind.js'
import { missingForSensitivity } from './asked-of.js'
import { observeSensitivity } from './observe.js'
import { tabulateSensitivity } from './tabulate.js'

/** Decides the same images again, altered: how much of a difference between groups moves with the look of the images. Evidence needed:
 *  transformed images. */
export const featureSensitivityRules: MeasureRules<'feature-sensitivity'> = {
  missing: missingForSensitivity,
  observe: observeSensitivity,
  tabulate: tabulateSensitivity,
}
