import type { MeasureRules } from '../measure-kind.js'
import { observeAssociations } from './observe.js'
import { tabulateAssociations } from './tabulate.js'

/** How near each caption lies to the images of a group, against everyone else. Any label set can be asked. Evidence needed: scores. */
export const captionAssociationRules: MeasureRules<'caption-association'> = {
  missing: () => null,
  observe: observeAssociations,
  tabulate: tabulateAssociations,
}
