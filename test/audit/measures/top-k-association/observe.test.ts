import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeLabelSet } from '../../../../src/audit/describe-facts.js'
import { topKAssociationObserved } from '../../../../src/audit/definitions/observations/top-k-association.js'
import { countAssociations } from '../../../../src/audit/measures/top-k-association/count-associations.js'
import { observeTopK } from '../../../../src/audit/measures/top-k-association/observe.js'
import { topKAssociationRules } from '../../../../src/audit/measures/top-k-association/rules.js'
import { softmax } from '../../../../src/audit/scoring/softmax.js'
import { createRandom } from '../../../../src/audit/statistics/random.js'
import type { LabelSet } from '../../../../src/audit/types/definitions.js'
import type { MeasureOf } from '../../../../src/audit/types/measures.js'
import { LABELS } from '../../../support/definitions.js'
import { designOf, inputOf, peopleOf, type MadeUpRow } from '../made-up-scores.js'

const GENDER = { name: 'gender', values: ['Male', 'Female'] }
const MEASURE: MeasureOf<'top-k-association'> = {
  kind: 'top-k-association',
  thresholds: [0, 0.3],
  most: 2,
  associations: ['person', 'crime', 'weather'],
}

/** An image with these probabilities of man, woman, animal and thief, at a logit scale of 1. */
const row = (gender: string, ...probabilities: number[]): MadeUpRow => ({
  of: [gender],
  scores: probabilities.map(Math.log),
})

async function observe(
  rows: readonly MadeUpRow[],
  logitScale: number | null = 1,
  bias: { logitBias?: number | null } = {},
) {
  // prettier-ignore
  const people = peopleOf([GENDER], rows)
  return (await observeTopK(inputOf(MEASURE, { people, logitScale, ...bias, designs: [designOf(LABELS, rows)] })))[0]
}

describe('observeTopK', () => {
  it('cuts at the threshold first, then to the best labels, and keeps images without any in the total', async () => {
    const { thresholds } = await observe([
      row('Male', 0.4, 0.35, 0.05, 0.2), // the thief is third
      row('Male', 0.29, 0.15, 0.28, 0.28), // the thief ties with the animal, which stands before it; nothing reaches 0.3
      row('Female', 0.05, 0.05, 0.45, 0.45),
    ])
    expect(thresholds.map(({ threshold, cells }) => [threshold, cells])).toEqual([
      [
        0,
        [
          { cell: 0, images: 2, without: 0, associations: [['person', 2], ['crime', 0]] }, // prettier-ignore
          { cell: 1, images: 1, without: 0, associations: [['person', 0], ['crime', 1]] }, // prettier-ignore
        ],
      ],
      [
        0.3,
        [
          { cell: 0, images: 2, without: 1, associations: [['person', 1], ['crime', 0]] }, // prettier-ignore
          { cell: 1, images: 1, without: 0, associations: [['person', 0], ['crime', 1]] }, // prettier-ignore
        ],
      ],
    ])
  })

  it('counts the images of Fairness Indicators as its vectors say (measures.md B4)', async () => {
    // women {dog .6, face .3}, {face .9}, {prison .5, dog .2}: non-human 66.667, human 66.667, crime 33.333; another {ape .25, dog .1}: 100, 0, 0
    const names = ['dog', 'ape', 'face', 'prison'] as const
    const label = (id: string, outcome: string) => ({ id, text: id, outcome, implies: [] })
    const labels = [label('dog', 'non-human'), label('ape', 'non-human'), label('face', 'human'), label('prison', 'crime')] // prettier-ignore
    const outcomes = ['non-human', 'human', 'crime'].map((id) => ({ id, harm: 'none' as const }))
    // a fifth label takes what is left of the probability, so that the scores are those of the vectors
    const labelSet: LabelSet = {
      ...LABELS,
      outcomes: [...outcomes, { id: 'rest', harm: 'none' }],
      labels: [...labels, label('rest', 'rest')],
    }
    const image = (gender: string, scores: Partial<Record<(typeof names)[number], number>>): MadeUpRow => {
      const given = names.map((name) => scores[name] ?? 1e-6)
      return { of: [gender], scores: [...given, 1 - given.reduce((sum, one) => sum + one, 0)].map(Math.log) }
    }
    const rows = [
      image('Female', { dog: 0.6, face: 0.3 }),
      image('Female', { face: 0.9 }),
      image('Female', { prison: 0.5, dog: 0.2 }),
      image('Male', { ape: 0.25, dog: 0.1 }),
    ]
    const measure = { ...MEASURE, thresholds: [0.1, 0.3, 0.8], most: 5, associations: ['non-human', 'human', 'crime'] }
    const people = peopleOf([GENDER], rows)
    const [{ thresholds }] = await observeTopK(inputOf(measure, { people, designs: [designOf(labelSet, rows)] }))
    const countsAt = thresholds.map(({ cells }) =>
      cells.map(({ images, without, associations }) => [images, without, ...associations.map(([, count]) => count)]),
    )
    expect(countsAt).toEqual([
      [[1, 0, 1, 0, 0], [3, 0, 2, 2, 1]], // 0.1: as the vectors say, of 1 man and 3 women
      [[1, 0, 0, 0, 0], [3, 0, 1, 2, 1]], // 0.3: of the man only what is left of the probability reaches it
      [[1, 1, 0, 0, 0], [3, 2, 0, 1, 0]], // 0.8: one face
    ]) // prettier-ignore
  })

  it('agrees with sorting all labels of every image, whatever the scores', async () => {
    const outcomeIds = LABELS.outcomes.map(({ id }) => id)
    const associations = outcomeIds.map((id) => ({
      id,
      labels: new Set(LABELS.labels.filter(({ outcome }) => outcome === id).map((label) => label.id)),
    }))
    await fc.assert(
      fc.asyncProperty(
        // few values, so that many labels tie
        fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 }), {
          minLength: 1,
          maxLength: 12,
        }),
        fc.integer({ min: 1, max: 5 }),
        async (scores, most) => {
          const rows = scores.map((ofRow) => ({ of: ['Male'], scores: ofRow }))
          const measure = { ...MEASURE, thresholds: [0, 0.1, 0.3, 0.8], most, associations: outcomeIds }
          const people = peopleOf([GENDER], rows)
          const [{ thresholds }] = await observeTopK(inputOf(measure, { people, designs: [designOf(LABELS, rows)] }))
          const images = scores.map((ofRow) => {
            const probabilities = softmax(ofRow, 1, new Float64Array(4))
            return LABELS.labels.map(({ id }, index) => ({ label: id, score: probabilities[index] }))
          })
          for (const { threshold, cells } of thresholds)
            expect(cells[0].associations).toEqual(
              countAssociations(images, associations, { threshold, most }).map(({ association, count }) => [
                association,
                count,
              ]),
            )
        },
      ),
    )
  })

  it('recovers planted counts exactly', async () => {
    const random = createRandom(8)
    const planted = Array.from({ length: 300 }, (_, place) => ({
      gender: place % 3 === 0 ? 'Male' : 'Female',
      isThief: random.uniform() < (place % 3 === 0 ? 0.5 : 0.1),
    }))
    const { thresholds } = await observe(planted.map(({ gender, isThief }) => (isThief ? row(gender, 0.6, 0.05, 0.01, 0.34) : row(gender, 0.6, 0.34, 0.01, 0.05)))) // prettier-ignore
    const thieves = (gender: string): number => planted.filter((one) => one.gender === gender && one.isThief).length
    for (const { cells } of thresholds)
      expect(cells.map(({ associations }) => associations[1][1])).toEqual([thieves('Male'), thieves('Female')])
  })

  it('holds thresholds against the sigmoid of each label where there is a bias', async () => {
    // man 0.881, thief 0.731, woman 0.5: a softmax would give the thief 0.24, below the threshold
    const { thresholds, logitBias } = await observe([{ of: ['Male'], scores: [3, 1, 0, 2] }], 1, { logitBias: -1 })
    expect(logitBias).toBe(-1)
    expect(thresholds[1].cells[0].associations).toEqual([['person', 1], ['crime', 1]]) // prettier-ignore
  })

  it('takes the best labels even where every probability is 1 to the last bit', async () => {
    const { thresholds } = await observe([{ of: ['Male'], scores: [0.8, 0.81, 0.9, 0.99] }], 100, { logitBias: 50 })
    expect(thresholds[0].cells[0].associations).toEqual([['person', 0], ['crime', 1]]) // prettier-ignore
  })

  it('counts nothing where the bias of a sigmoid is not known, and says so', async () => {
    const observed = await observe([row('Male', 0.25, 0.25, 0.25, 0.25)], 1, { logitBias: null })
    expect(observed).toMatchObject({ logitScale: null, logitScaleReason: 'no logit bias', thresholds: [] })
  })

  it('counts nothing for a model without a logit scale, and says so', async () => {
    const observed = await observe([row('Male', 0.25, 0.25, 0.25, 0.25)], null)
    expect(observed).toMatchObject({ logitScale: null, logitScaleReason: 'not in the export', thresholds: [] })
  })

  it('is read back as it was written', async () => {
    const observed = await observe([row('Male', 0.4, 0.3, 0.2, 0.1)])
    expect(topKAssociationObserved.parse(JSON.parse(JSON.stringify(observed)))).toEqual(observed)
  })

  it('asks a label set that has one of the associations at least', () => {
    expect(topKAssociationRules.missing(MEASURE, describeLabelSet(LABELS))).toBeNull()
    const weather = { ...MEASURE, associations: ['weather'] }
    const missing = { reason: 'outcome-absent', missing: 'weather' }
    expect(topKAssociationRules.missing(weather, describeLabelSet(LABELS))).toEqual(missing)
  })
})
