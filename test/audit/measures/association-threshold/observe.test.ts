import { describe, expect, it } from 'vitest'
import { observeAssociations } from '../../../../src/audit/measures/association-threshold/observe.js'
import type { ObserveInput } from '../../../../src/audit/measures/measure-kind.js'
import type { ScoreTile } from '../../../../src/audit/scoring/score-tiles.js'
import { createRandom } from '../../../../src/audit/statistics/random.js'
import { LABELS } from '../../../support/definitions.js'

const NAMES = LABELS.labels.map(({ id }) => id)
const GROUPS = [[['gender', 'Male']], [['gender', 'Female']]] as const

type Image = { readonly cell: number; readonly scores: readonly number[] }

/** Images in tiles of two, so that counting goes on from one tile to the next. */
function inputOf(images: readonly Image[], changes: Partial<ObserveInput<'association-threshold'>> = {}) {
  // eslint-disable-next-line @typescript-eslint/require-await -- as the engine's tiles come
  async function* tiles(): AsyncGenerator<ScoreTile> {
    for (let start = 0; start < images.length; start += 2) {
      const some = images.slice(start, start + 2)
      const rows = Int32Array.from(some, (_, place) => start + place)
      yield { rows, scores: Float32Array.from(some.flatMap(({ scores }) => scores)), labels: NAMES.length }
    }
  }
  return {
    probe: 'p',
    evidence: 'e1',
    measure: { kind: 'association-threshold', thresholds: [0.1, 0.4], top: 20, keyness: 'image', named: null },
    people: {
      rows: images.length,
      processed: () => true,
      cells: { attributes: ['gender'], groups: GROUPS, cellOfRow: Int32Array.from(images, ({ cell }) => cell) },
      attributes: [],
      subjects: null,
    },
    logitScale: 1,
    designs: [{ labelSet: LABELS, vectors: new Float32Array(0), tiles }],
    ...changes,
  } as unknown as ObserveInput<'association-threshold'> // what observing reads
}

/** Similarities whose softmax at scale 1 is these probabilities. */
const withProbabilities = (...probabilities: number[]): number[] => probabilities.map(Math.log)

const IMAGES: readonly Image[] = [
  { cell: 0, scores: withProbabilities(0.45, 0.3, 0.2, 0.05) },
  { cell: 1, scores: withProbabilities(0.05, 0.9, 0.03, 0.02) },
  { cell: 0, scores: withProbabilities(0.3, 0.3, 0.3, 0.1001) },
]

describe('observing associations', () => {
  it('counts in every cell the images that reach each threshold, and those that no label reaches', async () => {
    const [observed] = await observeAssociations(inputOf(IMAGES))
    expect(observed).toEqual({
      kind: 'association-threshold',
      probe: 'p',
      evidence: 'e1',
      labelSet: 'four-labels',
      logitScale: 1,
      logitScaleReason: null,
      thresholds: [
        {
          threshold: 0.1,
          cells: [
            { cell: 0, images: 2, without: 0, labels: [['man', 2], ['woman', 2], ['animal', 2], ['thief', 1]] }, // prettier-ignore
            { cell: 1, images: 1, without: 0, labels: [['woman', 1]] },
          ],
        },
        {
          threshold: 0.4,
          cells: [
            { cell: 0, images: 2, without: 1, labels: [['man', 1]] },
            { cell: 1, images: 1, without: 0, labels: [['woman', 1]] },
          ],
        },
      ],
    })
  })

  it('gives the label whose probability is exactly the threshold', async () => {
    const equal = [{ cell: 0, scores: [0.5, 0.5, 0.5, 0.5] }]
    const measure = {
      kind: 'association-threshold',
      thresholds: [0.25],
      top: 1,
      keyness: 'image',
      named: null,
    } as const
    const [observed] = await observeAssociations(inputOf(equal, { measure }))
    expect(observed?.thresholds[0]?.cells[0]?.labels.map(([, images]) => images)).toEqual([1, 1, 1, 1])
  })

  it('takes the softmax at the scale of the model', async () => {
    const one = [{ cell: 0, scores: [0.3, 0.2, 0.1, 0] }]
    const given = async (logitScale: number): Promise<unknown> => {
      const [observed] = await observeAssociations(inputOf(one, { logitScale }))
      return observed?.thresholds[1]?.cells[0]?.labels
    }
    expect(await given(1)).toEqual([]) // nearly equal shares
    expect(await given(100)).toEqual([['man', 1]])
  })

  it('leaves out rows that are not processed, and ignores the order of the others', async () => {
    const people = { ...inputOf(IMAGES).people, processed: (row: number) => row !== 1 }
    const [without] = await observeAssociations(inputOf(IMAGES, { people }))
    expect(without?.thresholds[0]?.cells.map(({ cell }) => cell)).toEqual([0])
    expect(await observeAssociations(inputOf([...IMAGES].reverse()))).toEqual(
      await observeAssociations(inputOf(IMAGES)),
    )
  })

  it('gives each label by its own sigmoid where there is a bias: an image may be given all of them', async () => {
    const images = [
      { cell: 0, scores: [0.2, 0.2, 0.2, 0.2] }, // expit(10 * 0.2 - 1) = 0.731 each; a softmax would give each a quarter
      { cell: 1, scores: [-0.4, 0, 0.2, -0.4] }, // 0.0067, 0.269, 0.731, 0.0067
    ]
    const [observed] = await observeAssociations(inputOf(images, { logitScale: 10, logitBias: -1 }))
    expect(observed).toMatchObject({ logitScale: 10, logitScaleReason: null, logitBias: -1 })
    expect(observed?.thresholds.map(({ cells }) => cells.map(({ labels }) => labels))).toEqual([
      [[['man', 1], ['woman', 1], ['animal', 1], ['thief', 1]], [['woman', 1], ['animal', 1]]], // prettier-ignore
      [[['man', 1], ['woman', 1], ['animal', 1], ['thief', 1]], [['animal', 1]]], // prettier-ignore
    ])
  })

  it('says so where the bias of a sigmoid is not known, and counts nothing', async () => {
    const [observed] = await observeAssociations(inputOf(IMAGES, { logitBias: null }))
    expect(observed).toMatchObject({ logitScale: null, logitScaleReason: 'no logit bias', thresholds: [] })
    expect(observed).not.toHaveProperty('logitBias')
  })

  it('says so where the model states no logit scale, and counts nothing', async () => {
    const [observed] = await observeAssociations(inputOf(IMAGES, { logitScale: null }))
    expect([observed?.logitScale, observed?.logitScaleReason, observed?.thresholds]).toEqual([
      null,
      'not in the export',
      [],
    ])
  })

  it('agrees with probabilities written out over 300 random images', async () => {
    const random = createRandom(5, 'associations')
    const images = Array.from({ length: 300 }, (_, row) => ({
      cell: row % 2,
      scores: NAMES.map(() => Math.fround(random.uniform() * 2 - 1)),
    }))
    const [observed] = await observeAssociations(inputOf(images, { logitScale: 3 }))
    for (const { threshold, cells } of observed?.thresholds ?? []) {
      for (const { cell, images: total, without, labels } of cells) {
        const probabilities = images
          .filter((image) => image.cell === cell)
          .map(({ scores }) => {
            const powers = scores.map((score) => Math.E ** (3 * score))
            return powers.map((power) => power / powers.reduce((sum, one) => sum + one, 0))
          })
        expect(total).toBe(150)
        expect(labels).toEqual(
          NAMES.map((name, label) => [name, probabilities.filter((of) => of[label] >= threshold).length]).filter(
            ([, count]) => count !== 0,
          ),
        )
        expect(without).toBe(probabilities.filter((of) => Math.max(...of) < threshold).length)
      }
    }
  })
})
