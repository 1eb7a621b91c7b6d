import type { InCell, Observed } from './observed.js'

export type CaptionTestObserved = Observed<'caption-test'> & {
  readonly captions: { readonly file: string; readonly sha256: string }
  readonly protocols: readonly {
    readonly protocol: 'coarse' | 'stress' | 'fine'
    readonly cells: readonly InCell<{
      readonly correct: number
      readonly close: number
      readonly other: number
    }>[]
  }[]
}
