import fc from 'fast-check'
import type { Probe } from '../../../src/audit/types/definitions.js'
import { CRIME, FLAGGED, LABELS, NON_HUMAN, probeOf } from '../../support/definitions.js'
import type { Scene } from '../../support/facts.js'

const AGES = ['0-9', '10-19', '20 and over']
const GENDERS = ['F', 'M']
const UNKNOWN = 'unknown'

const OTHER_LABELS = {
  ...LABELS,
  id: 'other-labels',
  labels: LABELS.labels.map((label) => ({ ...label, id: `${label.id}-2` })),
}

/** Groups by an attribute, by another that is derived from it, and by two at once: lines that cross and lines that share groups. */
const PROBE: Probe = probeOf({
  measure: { kind: 'outcome-rate', outcomes: [CRIME, NON_HUMAN, FLAGGED] },
  derive: [
    {
      id: 'young',
      from: 'age',
      groups: [
        { value: 'yes', values: ['0-9', '10-19'] },
        { value: 'no', values: ['20 and over'] },
      ],
    },
  ],
  groupBy: [['age'], ['young'], ['gender'], ['young', 'gender'], ['age', 'gender']],
})

/** Images of one group of people, by what became of them. */
export type People = {
  readonly of: readonly string[]
  readonly thief: number
  readonly animal: number
  readonly man: number
  readonly unreadable: number
}

/** An audit of ages by genders with two label sets and failures. */
export function sceneOf(people: readonly People[]): Scene {
  return {
    attributes: [
      { name: 'age', values: [...AGES, UNKNOWN] },
      { name: 'gender', values: GENDERS },
    ],
    labelSets: [LABELS, OTHER_LABELS],
    probes: [PROBE],
    policy: { permutations: 1 },
    blocks: people.flatMap(({ of, thief, animal, man, unreadable }) => [
      { of, images: thief, label: ['thief', 'man-2'] },
      { of, images: animal, label: ['animal', 'thief-2'] },
      { of, images: man, label: ['man', 'animal-2'] },
      { of, images: unreadable, fate: 'unreadable' },
    ]),
  }
}

const none = fc.constant(0)
const few = fc.integer({ min: 1, max: 9 })
const many = fc.oneof(fc.integer({ min: 10, max: 20 }), fc.integer({ min: 21, max: 99 }))

/** How many images are in a cell: most, some or hardly any of them small. */
const COUNTS = {
  sparse: fc.oneof({ weight: 6, arbitrary: none }, { weight: 3, arbitrary: few }, { weight: 1, arbitrary: many }),
  mixed: fc.oneof(none, few, many, many),
  dense: fc.oneof({ weight: 1, arbitrary: few }, { weight: 12, arbitrary: many }),
}

/** Scenes of every density; groups that nobody is in, and people of unknown age, are among them. */
export const scenes: fc.Arbitrary<Scene> = fc
  .constantFrom(COUNTS.sparse, COUNTS.mixed, COUNTS.mixed, COUNTS.dense)
  .chain((count) => {
    const counts = fc.record({ thief: count, animal: count, man: count, unreadable: count })
    const nobody = fc.constant({ thief: 0, animal: 0, man: 0, unreadable: 0 })
    const cell = (weight: number): typeof counts =>
      fc.oneof({ weight, arbitrary: counts }, { weight: 1, arbitrary: nobody })
    const known = AGES.flatMap((age) => GENDERS.map((gender) => cell(7).map((own) => ({ of: [age, gender], ...own }))))
    const unknown = GENDERS.map((gender) => cell(1).map((own) => ({ of: [UNKNOWN, gender], ...own })))
    return fc.tuple(...known, ...unknown).map(sceneOf)
  })
