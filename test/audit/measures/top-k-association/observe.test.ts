import { describe, expect, it } from 'vitest'
import { describeLabelSet } from '../../../../src/audit/describe-facts.js'
import { topKAssociationObserved } from '../../../../src/audit/definitions/observations/top-k-association.js'
import { observeTopK } from '../../../../src/audit/measures/top-k-association/observe.js'
import { topKAssociationRules } from '../../../../src/audit/measures/top-k-association/rules.js'
import { createRandom } from '../../../../src/audit/statistics/random.js'
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

async function observe(rows: readonly MadeUpRow[], logitScale: number | null = 1) {
  const people = peopleOf([GENDER], rows)
  return (await observeTopK(inputOf(MEASURE, { people, logitScale, designs: [designOf(LABELS, rows)] })))[0]
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
