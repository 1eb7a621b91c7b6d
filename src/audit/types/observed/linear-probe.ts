import type { InCell, Observed } from './observed.js'

/** How many images of each cell every classifier puts into each class. One observation for each attribute that both sets are annotated with. */
export type LinearProbeObserved = Observed<'linear-probe'> & {
  readonly attribute: string
  /** Values of the audited images, then those that only the training images have. */
  readonly classes: readonly string[]
  readonly train: {
    readonly dataset: string
    /** Over its label file, and the names and bytes of its images. */
    readonly sha256: string
    /** Annotated with a known value. */
    readonly images: number
    /** Could not be read or embedded. */
    readonly quarantined: number
  }
  readonly fits: readonly {
    /** Images a class; 0: all. */
    readonly shots: number
    readonly repeat: number
    /** Images that it was fitted to. */
    readonly trained: number
    /** Classes with fewer images than `shots`: all of them were taken. */
    readonly fewer: readonly string[]
    readonly iterations: number
    readonly converged: boolean
    readonly loss: number
    /** Classes without an image to learn from: no image can be put into them. */
    readonly absent: readonly string[]
    readonly cells: readonly InCell<{ readonly classes: readonly (readonly [classIndex: number, images: number])[] }>[]
  }[]
}
