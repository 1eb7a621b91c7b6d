import { describe, expect, it } from 'vitest'
import { observeSensitivity } from '../../../../src/audit/measures/feature-sensitivity/observe.js'
import type { ObserveInput } from '../../../../src/audit/measures/measure-kind.js'
import type { Embeddings, MatrixProduct } from '../../../../src/audit/types/decisions.js'
import type { LabelSet } from '../../../../src/audit/types/definitions.js'
import type { MeasureOf } from '../../../../src/audit/types/measures.js'
import { CRIME, LABELS } from '../../../support/definitions.js'

/** Each image is given by the label that its vector points at; labels are the axes. */
const AXES = LABELS.labels.map(({ id }) => id)
const vectorOf = (label: string): number[] => AXES.map((id) => (id === label ? 1 : 0))

const embeddingsOf = (labels: readonly (string | null)[]): Embeddings => {
  const rows = labels.flatMap((label, row) => (label === null ? [] : [row]))
  const vectors = Float32Array.from(rows.flatMap((row) => vectorOf(labels[row] ?? '')))
  const dim = AXES.length
  return {
    dim,
    rows: Int32Array.from(rows),
    read: (start, end) => Promise.resolve(vectors.subarray(start * dim, end * dim)),
  }
}

const multiply: MatrixProduct = (images, classes, dim) => {
  const product: number[] = []
  for (let image = 0; image < images.length; image += dim)
    for (let label = 0; label < classes.length; label += dim)
      product.push(images.subarray(image, image + dim).reduce((sum, x, i) => sum + x * classes[label + i], 0))
  return Promise.resolve(Float32Array.from(product))
}

const MEASURE: MeasureOf<'feature-sensitivity'> = {
  kind: 'feature-sensitivity',
  transforms: [
    { id: 'grey', alter: 'grey' },
    { id: 'blur-2', alter: 'blur', sigma: 2 },
  ],
  outcomes: [CRIME],
  attributes: ['gender'],
}

/** Labels that all imply a gender, so that accuracy is asked as well. */
const GENDERED: LabelSet = {
  ...LABELS,
  labels: LABELS.labels.map((label) => ({
    ...label,
    implies: [{ attribute: 'gender', values: [label.id === 'woman' ? 'Female' : 'Male'] }],
  })),
}

type Row = { cell: number; before: string | null; grey: string | null; blur: string | null }
const GROUPS = [[['gender', 'Male']], [['gender', 'Female']], [['gender', 'unknown']]] as const

function inputOf(rows: readonly Row[], labelSet = GENDERED): ObserveInput<'feature-sensitivity'> & { asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    probe: 'p',
    measure: MEASURE,
    groupBy: [['gender']],
    derive: [],
    seed: 1,
    evidence: 'e1',
    people: {
      rows: rows.length,
      processed: () => true,
      cells: { attributes: ['gender'], groups: GROUPS, cellOfRow: Int32Array.from(rows, ({ cell }) => cell) },
      attributes: [],
      subjects: null,
    },
    embeddings: embeddingsOf(rows.map(({ before }) => before)),
    embedAltered: ({ id }: { id: string }) => {
      asked.push(id)
      return Promise.resolve(embeddingsOf(rows.map((row) => (id === 'grey' ? row.grey : row.blur))))
    },
    logitScale: null,
    multiply,
    designs: [{ labelSet, vectors: Float32Array.from(AXES.flatMap(vectorOf)) }],
  } as unknown as ObserveInput<'feature-sensitivity'> & { asked: string[] } // what observing reads
}

const ROWS: readonly Row[] = [
  { cell: 0, before: 'man', grey: 'man', blur: 'thief' },
  { cell: 0, before: 'thief', grey: 'thief', blur: 'man' },
  { cell: 0, before: 'man', grey: 'woman', blur: null },
  { cell: 1, before: 'woman', grey: 'thief', blur: 'woman' },
  { cell: 1, before: 'man', grey: 'woman', blur: 'man' },
  { cell: 1, before: null, grey: null, blur: null },
]

describe('observing decisions on altered images', () => {
  it('counts pairs, changes and failures of every cell, for each alteration in turn', async () => {
    const input = inputOf(ROWS)
    const [observed] = await observeSensitivity(input)
    expect(input.asked).toEqual(['grey', 'blur-2'])
    expect(observed).toEqual({
      kind: 'feature-sensitivity',
      probe: 'p',
      evidence: 'e1',
      labelSet: 'four-labels',
      outcomes: ['crime'],
      attributes: ['gender'],
      asTheyAre: [
        { cell: 0, images: 3, inOutcome: [1], right: [3] }, // a thief implies Male in this label set
        { cell: 1, images: 2, inOutcome: [0], right: [1] },
      ],
      transforms: [
        {
          transform: 'grey',
          cells: [
            { cell: 0, images: 3, failed: 0, changed: 1, inOutcome: [[1, 0, 0]], right: [[2, 1, 0]] },
            { cell: 1, images: 2, failed: 0, changed: 2, inOutcome: [[0, 0, 1]], right: [[0, 1, 1]] },
          ],
        },
        {
          transform: 'blur-2',
          cells: [
            { cell: 0, images: 2, failed: 1, changed: 2, inOutcome: [[0, 1, 1]], right: [[2, 0, 0]] },
            { cell: 1, images: 2, failed: 0, changed: 0, inOutcome: [[0, 0, 0]], right: [[1, 0, 0]] },
          ],
        },
      ],
    })
  })

  it('ignores the order of the images', async () => {
    expect(await observeSensitivity(inputOf([...ROWS].reverse()))).toEqual(await observeSensitivity(inputOf(ROWS)))
  })

  it('asks no accuracy of a label set in which some label implies nothing', async () => {
    const [observed] = await observeSensitivity(inputOf(ROWS, LABELS))
    expect([observed?.outcomes, observed?.attributes]).toEqual([['crime'], []])
  })

  it('asks no accuracy of a label set in which some label implies several values: they would all be right', async () => {
    const labels = GENDERED.labels.map((label) =>
      label.id === 'thief' ? { ...label, implies: [{ attribute: 'gender', values: ['Male', 'Female'] }] } : label,
    )
    const [observed] = await observeSensitivity(inputOf(ROWS, { ...GENDERED, labels }))
    expect([observed?.outcomes, observed?.attributes]).toEqual([['crime'], []])
  })

  it('embeds nothing where no label set is asked', async () => {
    const input = inputOf(ROWS)
    expect(await observeSensitivity({ ...input, designs: [] })).toEqual([])
    expect(input.asked).toEqual([])
  })
})
