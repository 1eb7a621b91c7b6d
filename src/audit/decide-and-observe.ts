import { observeProbes } from './observe-probes.js'
import type { Scene } from './observe-probes.js'
import { logitsOf } from './scoring/activation-of.js'
import { decideWithAlternatives } from './scoring/decide.js'
import type { Decisions } from './types/decisions.js'
import type { Observation } from './types/observations.js'

export type DecidedAndObserved = {
  /** One entry per label set of the plan, in order. */
  readonly decisions: readonly Decisions[]
  /** Per label set, the rows that each label which an ablation adds would take. */
  readonly taken: readonly (readonly Uint8Array[])[]
  readonly observations: readonly Observation[]
}

/** What image vectors decide under every label set of a plan, and what its probes take from their scores: the same for vectors of a model
 *  folder and for vectors that were made elsewhere. */
export async function decideAndObserve(scene: Scene): Promise<DecidedAndObserved> {
  const decided = await decideWithAlternatives(scene.images.embeddings, scene.designs, {
    rows: scene.dataset.images.length,
    multiply: scene.multiply,
    ...(scene.plan.writeDecisions ? logitsOf(scene) : { logitScale: null }), // an exponential for each score, for a column that only decisions.csv has
  })
  return {
    decisions: decided.map(({ decisions }) => decisions),
    taken: decided.map(({ taken }) => taken),
    observations: await observeProbes(scene),
  }
}
