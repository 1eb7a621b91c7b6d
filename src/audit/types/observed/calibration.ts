import type { InCell, MeasuredValue, Observed } from './observed.js'
import type { Group } from '../groups.js'

/** Reliability of the probability of the chosen label, for one attribute that the labels imply. */
export type CalibrationObserved = Observed<'calibration'> & {
  readonly attribute: string
  readonly bins: number
  readonly cells: readonly InCell<{
    /** Bin, images, images that are right, sum of the probabilities. */
    readonly bins: readonly (readonly [bin: number, images: number, right: number, probability: number])[]
    /** Sums over images of (probability - right)^2, and over all classes. */
    readonly squares: readonly [chosen: number, allClasses: number]
  }>[]
  /** Expected calibration error when every image is right as often as its probability says. */
  readonly chance: readonly { readonly group: Group; readonly measured: MeasuredValue }[]
}
