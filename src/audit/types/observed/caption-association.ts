import type { MeasuredValue, Observed } from './observed.js'
import type { Group } from '../groups.js'

export type CaptionAssociationObserved = Observed<'caption-association'> & {
  readonly captions: readonly {
    readonly caption: string
    readonly groups: readonly (MeasuredValue & { readonly group: Group; readonly images: number })[]
  }[]
}
