import type { Observed } from './observed.js'

export type IdentityObserved = Observed<'identity'> & {
  readonly draws: readonly {
    readonly classes: number
    readonly draw: number
    readonly images: number
    readonly right: number
  }[]
}
