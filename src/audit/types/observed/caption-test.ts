import type { InCell, Observed } from './observed.js'
import type { CaptionProtocol } from '../captions.js'

export type CaptionTestObserved = Observed<'caption-test'> & {
  readonly captions: { readonly file: string; readonly sha256: string }
  /** What images share that the intervals keep together: sequences of the caption set, subjects of the dataset, or nothing. */
  readonly clusters: 'sequences' | 'subjects' | null
  readonly protocols: readonly {
    readonly protocol: CaptionProtocol
    /** Questions about images that were not processed. */
    readonly notProcessed: number
    readonly cells: readonly InCell<{
      /** A number for the sequence or subject, null where there is none; no names are kept. */
      readonly cluster: number | null
      /** Images of which the best caption is the correct one, a close one, another one. */
      readonly correct: number
      readonly close: number
      readonly other: number
    }>[]
  }[]
}
