import type { MeasureRules } from '../measure-kind.js'
import { observeIdentity } from './observe.js'
import { tabulateIdentity } from './tabulate.js'

/** B12. It asks names, so no label set lacks anything. */
export const identityRules: MeasureRules<'identity'> = {
  missing: () => null,
  observe: observeIdentity,
  tabulate: tabulateIdentity,
}
