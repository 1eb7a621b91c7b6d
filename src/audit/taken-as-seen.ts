import { observedRulesOf } from './measures/observed-kinds.js'
import type { Observation, ObservationOf } from './types/observations.js'

/** How many figures of an audit were computed while the vectors were there, each with its interval and what chance gives: they cannot be
 *  computed again from counts, so that `verify` has to take them as they stand. */
export function countTakenAsSeen(observations: readonly Observation[]): number {
  return observations.reduce((sum, observation) => sum + figuresIn(observation.kind, observation), 0)
}

function figuresIn<Kind extends Observation['kind']>(kind: Kind, observation: Observation): number {
  return observedRulesOf(kind).takenAsSeen?.(observation as ObservationOf<Kind>) ?? 0 // `kind` is its kind
}
