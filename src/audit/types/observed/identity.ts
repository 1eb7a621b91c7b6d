import type { Group } from '../groups.js'
import type { ReasonCode } from '../verdict.js'
import type { Observed } from './observed.js'

/** How often a model finds the right name among some. Nothing here is about one person: names, and counts of fewer than ten people, are
 *  not kept. */
export type IdentityObserved = Observed<'identity'> & {
  /** Names in the images that were processed, and these images. */
  readonly names: number
  readonly images: number
  readonly counts: readonly {
    readonly classes: number
    /** Why there are no draws: fewer names than classes. */
    readonly reason?: ReasonCode
    readonly draws: readonly { readonly draw: number; readonly images: number; readonly right: number }[]
    /** Everyone (an empty group) and groups, over all draws. */
    readonly groups: readonly {
      readonly group: Group
      /** Mean over the draws of the share that is right, with bounds from drawing whole people again. */
      readonly value: number | null
      readonly reason?: ReasonCode
      readonly interval?: readonly [low: number, high: number]
    }[]
  }[]
}
