import type { InCell, Observed } from './observed.js'

/** Images that each classifier decides rightly, and into which class it puts them. */
export type LinearProbeObserved = Observed<'linear-probe'> & {
  readonly attribute: string
  readonly classes: readonly string[]
  readonly train: { readonly dataset: string; readonly sha256: string; readonly images: number }
  readonly fits: readonly {
    /** Images a class; 0: all. */
    readonly shots: number
    readonly repeat: number
    readonly trained: number
    readonly iterations: number
    readonly converged: boolean
    readonly loss: number
    readonly absent: readonly string[]
    readonly cells: readonly InCell<{ readonly classes: readonly (readonly [classIndex: number, images: number])[] }>[]
  }[]
}
