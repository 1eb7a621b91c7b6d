import type { MeasuredValue, Observed } from './observed.js'

export type EmbeddingAssociationObserved = Observed<'embedding-association'> & {
  readonly tests: readonly (MeasuredValue & {
    readonly test: string
    readonly sizes: readonly [x: number, y: number, a: number, b: number]
  })[]
}
