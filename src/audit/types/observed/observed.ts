import type { Chance } from '../chance.js'
import type { ReasonCode } from '../verdict.js'

/** Whose observation it is. */
export type Observed<Kind extends string> = {
  readonly kind: Kind
  readonly probe: string
  /** e1, ...; null where no one model or file of decisions is meant. */
  readonly evidence: string | null
  readonly labelSet: string | null
}

/** Counts of one cell of the dataset: index into `facts.dataset.cells`. Cells in which nothing was counted are left out. */
export type InCell<Counts> = Counts & { readonly cell: number }

/** Scale at which similarities became probabilities; null, with the reason and nothing counted, where the model does not state its own. Beside
 *  a bias each label has the probability of a sigmoid, its own; without one those of a label set are a softmax. */
export type AtScale = {
  readonly logitScale: number | null
  readonly logitScaleReason: 'not in the export' | 'no logit bias' | null
  readonly logitBias?: number
}

/** A figure that was computed while the vectors were there, with what is needed to read it. `verify` cannot compute it again. */
export type MeasuredValue = {
  readonly value: number | null
  readonly reason?: ReasonCode
  readonly interval?: readonly [low: number, high: number] | null
  readonly intervalReason?: ReasonCode
  readonly chance?: Chance
}
