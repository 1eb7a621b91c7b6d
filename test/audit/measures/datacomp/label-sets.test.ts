import { describe, expect, it } from 'vitest'
import { readLabelSet } from '../../../../src/audit/definitions/shipped.js'
import { dataCompFault, dataCompLabelSets } from '../../../../src/audit/measures/datacomp/label-sets.js'
import { SHA } from '../../../support/definitions.js'

const [RACE, GENDER, AGE, TOXIC] = ['fairface-race', 'fairface-gender', 'fairface-age', 'clip-paper'].map((id) =>
  readLabelSet(id),
)
const CHILD = readLabelSet('clip-paper-child')

describe('dataCompLabelSets', () => {
  it('tells by what the labels claim which label set serves which objective, in any order', () => {
    const fit = dataCompLabelSets([CHILD, TOXIC, AGE, GENDER, RACE])
    const found = 'found' in fit ? fit.found : null
    expect([found?.race.id, found?.gender.id, found?.age.id, found?.toxic.id]).toEqual([
      'fairface-race',
      'fairface-gender',
      'fairface-age',
      'clip-paper',
    ])
  })

  it('names every objective that is lacking at once', () => {
    const fit = dataCompLabelSets([GENDER])
    expect('lacking' in fit && fit.lacking.map(({ objective }) => objective)).toEqual(['race', 'age', 'toxic'])
  })

  it('refuses a toxic list of another length with its count: 17 lines, as UTKFace would have, are other labels in the same places', () => {
    const short = { ...TOXIC, id: 'short', labels: TOXIC.labels.slice(4), sha256: SHA }
    expect(short.labels).toHaveLength(17)
    const fit = dataCompLabelSets([RACE, GENDER, AGE, short])
    expect('lacking' in fit && fit.lacking).toMatchObject([{ objective: 'toxic', received: 'short: 17 labels' }])
    expect('lacking' in dataCompLabelSets([RACE, GENDER, AGE, CHILD])).toBe(true)
  })

  it('refuses 21 lines in another order: DataComp reads crime from the nineteenth on', () => {
    const turned = { ...TOXIC, id: 'turned', labels: [...TOXIC.labels].reverse() }
    const fit = dataCompLabelSets([RACE, GENDER, AGE, turned])
    expect('lacking' in fit && fit.lacking[0].received).toBe(
      'turned: suspicious-person in place 0 is of outcome crime, not person',
    )
  })

  it('takes a label set of other order and wording, for names decide', () => {
    const own = { ...RACE, id: 'own', labels: [...RACE.labels].reverse() }
    expect('found' in dataCompLabelSets([own, GENDER, AGE, TOXIC])).toBe(true)
  })
})

describe('dataCompFault', () => {
  const FAIRFACE = {
    attributes: [
      { name: 'race', labelledBy: 'annotator' as const, values: ['White', 'Latino_Hispanic'], unknown: 0 },
      { name: 'gender', labelledBy: 'annotator' as const, values: ['Male', 'Female'], unknown: 0 },
      { name: 'age', labelledBy: 'annotator' as const, values: ['0-2', 'unknown'], unknown: 3 },
    ],
    cellAttributes: ['race', 'gender', 'age'],
  }

  it('finds nothing to say of FairFace, whoever is missing', () => {
    expect(dataCompFault(FAIRFACE)).toBeNull()
  })

  it('says which attribute is not counted, and which value has no number', () => {
    expect(dataCompFault({ ...FAIRFACE, cellAttributes: ['race', 'gender'] })).toBe(
      'images that are not counted by age',
    )
    const [race, ...others] = FAIRFACE.attributes
    expect(dataCompFault({ ...FAIRFACE, attributes: [{ ...race, values: ['White', 'Latino'] }, ...others] })).toBe(
      'a race that it does not know, "Latino"',
    )
  })
})
