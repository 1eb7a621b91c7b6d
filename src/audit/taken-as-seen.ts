import type { Observation, ObservationOf } from './types/observations.js'

type Figure = { readonly value: number | null }
type Counters = { readonly [Kind in Observation['kind']]: (observation: ObservationOf<Kind>) => number }

/** Figures of each kind that need the vectors, or the probability of every image. Where the file holds counts, there are none. */
const FIGURES: Counters = {
  abstention: () => 0,
  'annotator-agreement': () => 0,
  'association-threshold': () => 0,
  calibration: ({ groups }) => groups.length + known(groups.map(({ difference }) => difference)),
  'caption-association': ({ captions }) => known(captions.flatMap(({ associations }) => associations)),
  'caption-test': () => 0,
  'embedding-association': ({ tests }) => known(tests) + known(tests.map(({ difference }) => ({ value: difference }))),
  'feature-sensitivity': () => 0,
  identity: ({ counts }) => known(counts.flatMap(({ groups }) => groups)),
  'linear-probe': ({ fits }) => fits.length, // the loss of each
  markedness: () => 0,
  'retrieval-skew': ({ together }) =>
    together.reduce((sum, { means, beyond }) => sum + means.length + beyond.length, 0),
  'self-similarity': ({ groups }) => known(groups) + known(groups.map(({ difference }) => difference)),
  'top-k-association': () => 0,
}

/** How many figures of an audit were computed while the vectors were there, each with its interval and what chance gives: they cannot be
 *  computed again from counts, so that `verify` has to take them as they stand. */
export function countTakenAsSeen(observations: readonly Observation[]): number {
  return observations.reduce((sum, observation) => sum + figuresIn(observation.kind, observation), 0)
}

function figuresIn<Kind extends Observation['kind']>(kind: Kind, observation: Observation): number {
  return FIGURES[kind](observation as ObservationOf<Kind>) // `kind` is its kind
}

function known(figures: readonly (Figure | null)[]): number {
  return figures.filter((figure) => figure !== null && figure.value !== null).length
}
