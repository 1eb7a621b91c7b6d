import type { ObserveInput } from '../../../src/audit/measures/measure-kind.js'
import type { LabelSet } from '../../../src/audit/types/definitions.js'
import type { MeasureOf } from '../../../src/audit/types/measures.js'
import { LABELS, POLICY } from '../../support/definitions.js'

/** One image of a small dataset: its gender, its similarity with each query, and whether it was processed. */
export type RankedImage = {
  readonly gender: 'Male' | 'Female' | 'unknown'
  readonly scores: readonly number[]
  readonly processed?: boolean
}

const GENDERS = ['Male', 'Female', 'unknown'] as const

/** What a measure observes of some images, the scores of which are given; two images a tile, so that tiles matter. */
export function rankingInput<Kind extends 'retrieval-skew' | 'caption-association'>(
  images: readonly RankedImage[],
  measure: MeasureOf<Kind>,
  changes: Partial<ObserveInput<Kind>> = {},
): ObserveInput<Kind> {
  const queries = images[0]?.scores.length ?? 0
  const labelSet: LabelSet = { ...LABELS, labels: LABELS.labels.slice(0, queries) }
  async function* tiles(): ReturnType<ObserveInput<Kind>['designs'][number]['tiles']> {
    for (let start = 0; start < images.length; start += 2) {
      const part = images.slice(start, start + 2)
      yield await Promise.resolve({
        rows: Int32Array.from(part, (_, place) => start + place),
        scores: Float32Array.from(part.flatMap(({ scores }) => scores)),
        labels: queries,
      })
    }
  }
  return {
    probe: 'p',
    measure,
    groupBy: [['gender'], ['shoe-size']],
    derive: [],
    policy: POLICY,
    seed: 1,
    evidence: 'e1',
    people: {
      rows: images.length,
      processed: (row: number) => images[row].processed !== false,
      cells: {
        attributes: ['gender'],
        groups: GENDERS.map((value) => [['gender', value]] as const),
        cellOfRow: Int32Array.from(images, ({ gender }) => GENDERS.indexOf(gender)),
      },
      attributes: [
        {
          name: 'gender',
          values: GENDERS,
          codes: Uint16Array.from(images, ({ gender }) => GENDERS.indexOf(gender)),
          labelledBy: 'annotator',
        },
      ],
      subjects: null,
    },
    designs: [{ labelSet, vectors: new Float32Array(), tiles }],
    ...changes,
  } as unknown as ObserveInput<Kind> // only what these measures read
}
