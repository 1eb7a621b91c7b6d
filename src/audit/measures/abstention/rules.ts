import type { MeasureRules } from '../measure-kind.js'
import { missingForAbstention } from './asked-of.js'
import { observeAbstention } from './observe.js'
import { tabulateAbstention } from './tabulate.js'

/** B11. */
export const abstentionRules: MeasureRules<'abstention'> = {
  missing: missingForAbstention,
  observe: observeAbstention,
  tabulate: tabulateAbstention,
}
