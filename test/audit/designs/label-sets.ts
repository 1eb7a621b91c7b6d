import type { Decided } from '../../../src/audit/designs/superset-flow.js'

/** A label set from `[label, outcome]`; the text of a label is its id. */
export function labelSetOf(
  id: string,
  labels: readonly (readonly [label: string, outcome: string])[],
): Decided['labelSet'] {
  return {
    id,
    templates: ['a photo of {label}'],
    outcomes: [...new Set(labels.map(([, outcome]) => outcome))].map((outcome) => ({ id: outcome, harm: 'none' })),
    labels: labels.map(([label, outcome]) => ({ id: label, text: label, outcome, implies: [] })),
  }
}

export const FEWER = labelSetOf('fewer', [
  ['man', 'person'],
  ['woman', 'person'],
  ['thief', 'crime'],
])

/** The same labels in another order, with *child* added. */
export const MORE = labelSetOf('more', [
  ['man', 'person'],
  ['child', 'person'],
  ['woman', 'person'],
  ['thief', 'crime'],
])

/** Decisions from the index of the winning label of each row; `tied` rows have an exact tie. */
export function decided(
  labelSet: Decided['labelSet'],
  winners: readonly number[],
  tied: readonly number[] = [],
): Decided {
  return {
    labelSet,
    decisions: {
      winner: Int32Array.from(winners),
      exactTies: Uint8Array.from(winners, (_, row) => (tied.includes(row) ? 1 : 0)),
    },
  }
}
