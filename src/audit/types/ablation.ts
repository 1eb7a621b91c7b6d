import type { Group } from './groups.js'
import type { ChangeBounds, PairedImages } from './paired.js'

/** One label taken out of a label set, or one neutral alternative added to it, and where the images go. */
export type AblationFacts = {
  readonly id: string
  readonly evidence: string
  readonly labelSet: string
  readonly action: 'remove' | 'add'
  readonly label: { readonly id: string; readonly text: string; readonly outcome: string }
  /** Images that move, by label, in each cell of the dataset: away from a removed label, or to an added one. */
  readonly cells: readonly (readonly (readonly [from: string, to: string, images: number])[])[]
}

/** What one label does to the rate of an outcome in a group. Exploratory: an interval and a rank, no verdict. */
export type AblationRecord = {
  readonly ablation: string
  readonly probe: string
  readonly outcome: string
  readonly groupBy: readonly string[]
  /** Empty for all images together. */
  readonly group: Group
  /** The label set as it is (first) and with the label removed or added (second). */
  readonly paired: PairedImages
  /** Change of the rate, with Tango's interval at level 1 - alpha; null without images. */
  readonly change: number | null
  readonly interval: ChangeBounds | null
  /** Change of the difference to everyone else; null for all images together or where a side is empty. */
  readonly gapChange: number | null
  /** Of the flagged images, the share that this label alone decides; null where none is flagged. */
  readonly leftShare: number | null
  /** 1 for the label with the largest change in this group and outcome, among those with the same action. Equal changes share a rank. */
  readonly rank: number
}
