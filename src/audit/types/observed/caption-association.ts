import type { Group } from '../groups.js'
import type { MeasuredValue, Observed } from './observed.js'

/** How near each caption lies to the images of a group, against everyone else. `chance` permutes the groups over the images: p is two-sided,
 *  the 95th percentile that of the distance from 0. */
export type CaptionAssociationObserved = Observed<'caption-association'> & {
  readonly groupBy: readonly string[]
  /** Groups in declared order, those with an unknown value left out, with the images that were compared. */
  readonly groups: readonly { readonly group: Group; readonly images: number }[]
  readonly captions: readonly {
    /** Id of the label. */
    readonly caption: string
    /** One for each group. */
    readonly associations: readonly MeasuredValue[]
  }[]
}
