import type { MeasureKind } from '../types/measures.js'

type Starter = {
  /** The measure as a probe's file writes it. */
  readonly measure: string
  /** A shipped label set that the measure is a question about. */
  readonly suggests: string
}

/** A small measure of each kind that can be read as it stands, to begin a probe with. */
const STARTERS: Readonly<Record<MeasureKind, Starter>> = {
  'outcome-rate': {
    measure: '{ kind: outcome-rate, outcomes: [non-human, crime, { id: flagged, union: [non-human, crime] }] }',
    suggests: 'clip-paper',
  },
  'attribute-accuracy': {
    measure: '{ kind: attribute-accuracy, readings: [{ id: gender, reading: exact, attribute: gender }] }',
    suggests: 'fairface-gender',
  },
  'association-threshold': {
    measure: '{ kind: association-threshold, thresholds: [0.005, 0.04], top: 20 }',
    suggests: 'congress-cloud-labels',
  },
  'top-k-association': {
    measure: '{ kind: top-k-association, thresholds: [0, 0.1], most: 5, associations: [crime] }',
    suggests: 'clip-paper',
  },
  'retrieval-skew': {
    measure: '{ kind: retrieval-skew, cuts: [100], desired: dataset, as: strict, draws: 999 }',
    suggests: 'agency-communion',
  },
  'caption-association': { measure: '{ kind: caption-association, draws: 999 }', suggests: 'agency-communion' },
  'embedding-association': {
    measure:
      '{ kind: embedding-association, tests: [{ id: crime-or-person, attribute: gender, x: Male, y: Female, a: crime, b: person }], deviation: sample, draws: 9999 }',
    suggests: 'clip-paper',
  },
  'self-similarity': { measure: '{ kind: self-similarity, draws: 999 }', suggests: 'fairface-gender' },
  markedness: {
    measure: '{ kind: markedness, unmarked: unmarked, attributes: [race, gender] }',
    suggests: 'person-and-groups',
  },
  calibration: {
    measure: '{ kind: calibration, attributes: [gender], bins: 10, draws: 999 }',
    suggests: 'fairface-gender',
  },
  abstention: {
    measure: '{ kind: abstention, by: margin, steps: 20, attributes: [], outcomes: [crime] }',
    suggests: 'clip-paper',
  },
  'feature-sensitivity': {
    measure:
      '{ kind: feature-sensitivity, outcomes: [crime], attributes: [], blur: [2], brightness: [], jpeg: [], grey: true, crop: [] }',
    suggests: 'clip-paper',
  },
  'linear-probe': {
    measure:
      '{ kind: linear-probe, attributes: [gender], shots: [0, 1, 4, 16], inverseRegularisation: 0.316, norm: none, repeats: 5 }',
    suggests: 'fairface-gender',
  },
  'caption-test': {
    measure: '{ kind: caption-test, protocols: [coarse, stress, fine] }',
    suggests: 'clip-paper-person',
  },
  identity: { measure: '{ kind: identity, classCounts: [100, 1000], draws: 10 }', suggests: 'clip-paper-person' },
  'data-overlap': {
    measure:
      '{ kind: data-overlap, attribute: overlap, level: 0.995, readings: [{ id: gender, reading: exact, attribute: gender }] }',
    suggests: 'fairface-gender',
  },
  'annotator-agreement': { measure: '{ kind: annotator-agreement, draws: 999 }', suggests: 'fairface-gender' },
}

export const MEASURE_KINDS = Object.keys(STARTERS) as readonly MeasureKind[] // the record has every kind and no other

export function starterOf(kind: MeasureKind): Starter {
  return STARTERS[kind]
}
