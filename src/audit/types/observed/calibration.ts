import type { Group } from '../groups.js'
import type { AtScale, InCell, MeasuredValue, Observed } from './observed.js'

/** Reliability of the probability of the chosen label, for one attribute that the labels imply one to one. */
export type CalibrationObserved = Observed<'calibration'> &
  AtScale & {
    readonly attribute: string
    readonly bins: number
    /** Decided images whose annotation is unknown, or is a value that no label implies: they are in no cell below. */
    readonly leftOut: number
    readonly cells: readonly InCell<{
      /** Bin, images, images that are right, sum of the probabilities. */
      readonly bins: readonly (readonly [bin: number, images: number, right: number, probability: number])[]
      /** Sums over images of (probability - right)^2, and over all classes. */
      readonly squares: readonly [chosen: number, allClasses: number]
    }>[]
    /** For everyone (an empty group) and each group with images, what needs the probability of every image. */
    readonly groups: readonly {
      readonly group: Group
      /** Expected calibration error when every image is right as often as its probability says. */
      readonly chance: {
        readonly centre: number
        readonly percentile95: number
        readonly p: number
        readonly draws: number
      }
      /** Brier score of the group minus that of everyone else; bounds from a bootstrap within the groups. null for everyone. */
      readonly difference: MeasuredValue | null
    }[]
  }
