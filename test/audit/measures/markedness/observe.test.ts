import { describe, expect, it } from 'vitest'
import { describeLabelSet } from '../../../../src/audit/describe-facts.js'
import { markednessObserved } from '../../../../src/audit/definitions/observations/markedness.js'
import { observeMarkedness } from '../../../../src/audit/measures/markedness/observe.js'
import { markednessRules } from '../../../../src/audit/measures/markedness/rules.js'
import { createRandom } from '../../../../src/audit/statistics/random.js'
import { wilsonInterval } from '../../../../src/audit/statistics/wilson-interval.js'
import type { LabelSet } from '../../../../src/audit/types/definitions.js'
import type { MeasureOf } from '../../../../src/audit/types/measures.js'
import { LABELS } from '../../../support/definitions.js'
import { designOf, inputOf, peopleOf, type MadeUpRow } from '../made-up-scores.js'

const GENDER = { name: 'gender', values: ['Male', 'Female', 'unknown'] }
const implies = (value: string) => [{ attribute: 'gender', values: [value] }]
const SET: LabelSet = {
  ...LABELS,
  outcomes: [{ id: 'unmarked', harm: 'none' }, { id: 'marked', harm: 'none' }], // prettier-ignore
  labels: [
    { id: 'man', text: 'a man', outcome: 'marked', implies: implies('Male') },
    { id: 'person', text: 'a person', outcome: 'unmarked', implies: [] },
    { id: 'human', text: 'a human', outcome: 'unmarked', implies: [] },
    { id: 'woman', text: 'a woman', outcome: 'marked', implies: implies('Female') },
    { id: 'lady', text: 'a lady', outcome: 'marked', implies: implies('Female') },
  ],
}
const MEASURE: MeasureOf<'markedness'> = { kind: 'markedness', unmarked: 'unmarked', attributes: ['gender', 'race'] }

async function observe(rows: readonly MadeUpRow[]) {
  const people = peopleOf([GENDER], rows)
  return (await observeMarkedness(inputOf(MEASURE, { people, designs: [designOf(SET, rows)] })))[0]
}

/** Scores of man, person, human, woman and lady. */
const row = (gender: string, ...scores: number[]): MadeUpRow => ({ of: [gender], scores })

describe('observeMarkedness', () => {
  it('decides between two labels, whatever all others score: the best without a group, and the best of the own group', async () => {
    const { attributes } = await observe([
      row('Male', 0.3, 0.2, 0.25, 0.9, 0.9), // man beats human; woman is not asked
      row('Male', 0.2, 0.2, 0.3, 0.9, 0.9), // human beats man
      row('Female', 0.9, 0.3, 0.1, 0.2, 0.4), // lady beats person
      row('Female', 0.9, 0.3, 0.1, 0.2, 0.2), // person beats woman and lady
      row('unknown', 0, 1, 1, 0, 0),
    ])
    expect(attributes).toEqual([
      {
        attribute: 'gender',
        cells: [{ cell: 0, unmarked: 1, images: 2, ties: 0 }, { cell: 1, unmarked: 1, images: 2, ties: 0 }], // prettier-ignore
      },
    ])
  })

  it('gives an exact tie to the label that stands first in the set, and counts it', async () => {
    const { attributes } = await observe([row('Male', 0.3, 0.3, 0, 0, 0), row('Female', 0, 0.3, 0, 0.3, 0)])
    expect(attributes[0].cells).toEqual([
      { cell: 0, unmarked: 0, images: 1, ties: 1 }, // man stands before person
      { cell: 1, unmarked: 1, images: 1, ties: 1 }, // person stands before woman
    ])
  })

  it('recovers planted shares within their intervals', async () => {
    const random = createRandom(4)
    const draw = (gender: string, share: number): MadeUpRow[] =>
      Array.from({ length: 500 }, () => {
        const [own, without] = random.uniform() < share ? [0.2, 0.3] : [0.3, 0.2] // prettier-ignore
        return row(gender, own, without, 0, own, 0)
      })
    const { attributes } = await observe([...draw('Male', 0.4), ...draw('Female', 0.15)])
    const [men, women] = attributes[0].cells.map(({ unmarked, images }) => wilsonInterval({ count: unmarked, total: images }, 0.01)) // prettier-ignore
    expect([men.low < 0.4, men.high > 0.4, women.low < 0.15, women.high > 0.15]).toEqual([true, true, true, true])
  })

  it('is read back as it was written', async () => {
    const observed = await observe([row('Male', 0.3, 0.2, 0.25, 0.9, 0.9)])
    expect(markednessObserved.parse(JSON.parse(JSON.stringify(observed)))).toEqual(observed)
  })

  it('asks a label set with a label without a group, and labels that imply the values of some attribute', () => {
    expect(markednessRules.missing(MEASURE, describeLabelSet(SET))).toBeNull()
    const labels = SET.labels.filter(({ outcome }) => outcome !== 'unmarked')
    expect(markednessRules.missing(MEASURE, describeLabelSet({ ...SET, labels }))).toEqual({
      reason: 'outcome-absent',
      missing: 'unmarked',
    })
    expect(markednessRules.missing({ ...MEASURE, attributes: ['age'] }, describeLabelSet(SET))).toEqual({
      reason: 'attribute-absent',
      missing: 'age',
    })
  })
})
