import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { missingForAbstention } from '../../../../src/audit/measures/abstention/asked-of.js'
import { observeAbstention } from '../../../../src/audit/measures/abstention/observe.js'
import { createRandom } from '../../../../src/audit/statistics/random.js'
import type { AbstentionObserved } from '../../../../src/audit/types/observed/abstention.js'
import type { MeasureOf } from '../../../../src/audit/types/measures.js'
import { LABELS } from '../../../support/definitions.js'
import { designOf, inputOf, peopleOf, type MadeUpRow } from '../made-up-scores.js'

const MEASURE: MeasureOf<'abstention'> = {
  kind: 'abstention',
  by: 'margin',
  steps: 4,
  outcomes: ['crime', 'no-such-outcome'],
  attributes: ['gender', 'age'],
}
const CHILD = { attribute: 'age', values: ['0-2', '3-9', '10-19'] }
const GENDER = { name: 'gender', values: ['Male', 'Female'] }

async function observe(rows: readonly MadeUpRow[], measure = MEASURE): Promise<AbstentionObserved> {
  const people = peopleOf([GENDER], rows)
  const [observed] = await observeAbstention(inputOf(measure, { people, designs: [designOf(LABELS, rows)] }))
  return observed
}

/** Cosines with man, woman, animal, thief. */
const rows: MadeUpRow[] = [
  { of: ['Male'], scores: [0.5, 0.1, 0, 0] }, // right, lead 0.4
  { of: ['Male'], scores: [0.1, 0.4, 0, 0] }, // wrong, lead 0.3
  { of: ['Female'], scores: [0, 0.2, 0, 0.4] }, // thief, lead 0.2
  { of: ['Female'], scores: [0.2, 0.3, 0, 0] }, // right, lead 0.1
]

describe('observeAbstention', () => {
  it('counts by hand what is kept, right and harmed at each quantile of the lead', async () => {
    const { attributes, outcomes, thresholds } = await observe(rows)
    expect([attributes, outcomes]).toEqual([['gender'], ['crime']]) // the label set has no more to say
    const counts = thresholds.map(({ cells }) => cells.map(({ kept, right, inOutcome }) => [kept, ...right, ...inOutcome])) // prettier-ignore
    expect(counts).toEqual([
      [[2, 1, 0], [2, 1, 1]], // prettier-ignore
      [[2, 1, 0], [1, 0, 1]], // prettier-ignore
      [[2, 1, 0], [0, 0, 0]], // prettier-ignore
      [[1, 1, 0], [0, 0, 0]], // prettier-ignore
    ])
    expect(thresholds.map(({ threshold }) => Number(threshold.toFixed(6)))).toEqual([0.1, 0.175, 0.25, 0.325])
  })

  it('takes thresholds from the sigmoid of the label where there is a bias', async () => {
    const people = peopleOf([GENDER], rows)
    const given = { people, designs: [designOf(LABELS, rows)], logitScale: 10, logitBias: -3 }
    const [{ thresholds }] = await observeAbstention(inputOf({ ...MEASURE, by: 'probability' }, given))
    // cosines of the labels 0.3, 0.4, 0.4, 0.5: the threshold that keeps all is the sigmoid of the least
    expect(thresholds[0].threshold).toBeCloseTo(1 / (1 + Math.exp(-(10 * 0.3 - 3))), 6)
  })

  it.each([
    ['the logit scale', { logitScale: null }, 'not in the export'],
    ['the bias of a sigmoid', { logitBias: null }, 'no logit bias'],
  ])('says so where probabilities are asked for and %s is not known', async (_, logits, reason) => {
    const given = { people: peopleOf([GENDER], rows), designs: [designOf(LABELS, rows)], ...logits }
    const [observed] = await observeAbstention(inputOf({ ...MEASURE, by: 'probability' }, given))
    expect(observed).toMatchObject({ reason, thresholds: [], attributes: ['gender'] })
    const [byLead] = await observeAbstention(inputOf(MEASURE, given))
    expect(byLead.thresholds.length).toBe(4)
  })

  it('reads no age off a label that stands for three bands, as accuracy reads none', async () => {
    const labels = [...LABELS.labels, { id: 'child', text: 'a child', outcome: 'person', implies: [CHILD] }]
    const made: MadeUpRow[] = [{ of: ['Male', '3-9'], scores: [0.1, 0, 0, 0, 0.5] }]
    const people = peopleOf([GENDER, { name: 'age', values: ['0-2', '3-9', '10-19'] }], made)
    const designs = [designOf({ ...LABELS, labels }, made)]
    const [{ attributes }] = await observeAbstention(inputOf(MEASURE, { people, designs }))
    expect(attributes).toEqual(['gender'])
    const onlyAge = { ...MEASURE, outcomes: [], attributes: ['age'] }
    expect(missingForAbstention(onlyAge, { labels })).toEqual({ reason: 'attribute-absent', missing: 'age' })
  })

  it('never keeps more as the threshold rises, and all at the lowest', async () => {
    const score = fc.integer({ min: 0, max: 40 }).map((n) => n / 40) // with many ties
    const scored = fc.record({
      of: fc.constantFrom(['Male'], ['Female']),
      scores: fc.tuple(score, score, score, score),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(scored, { minLength: 1, maxLength: 40 }), fc.constantFrom('margin', 'probability'), async (made, by) => {
          const { thresholds } = await observe(made, { ...MEASURE, by })
          const first = thresholds[0].cells
          expect(first.map(({ kept }) => kept)).toEqual(first.map(({ images }) => images))
          thresholds.slice(1).forEach(({ cells }, index) => {
            const before = thresholds[index].cells
            cells.forEach((cell, place) => {
              expect(cell.kept).toBeLessThanOrEqual(before[place].kept)
              expect(cell.inOutcome[0]).toBeLessThanOrEqual(before[place].inOutcome[0])
              expect(cell.right[0] + cell.inOutcome[0]).toBeLessThanOrEqual(cell.kept)
            })
          })
        }), // prettier-ignore
      { numRuns: 60 },
    )
  })

  it('ignores the order of the rows', async () => {
    expect(await observe(createRandom(2).shuffle(rows))).toEqual(await observe(rows))
  })

  it('finds a planted group that loses coverage: its leads are half as large', async () => {
    const random = createRandom(4)
    const planted = Array.from({ length: 400 }, (_, index) => {
      const lead = random.uniform() * (index % 2 === 0 ? 0.4 : 0.2)
      return { of: [index % 2 === 0 ? 'Male' : 'Female'], scores: [0.2 + lead, 0.2, 0, 0] }
    })
    const { thresholds } = await observe(planted)
    const [men, women] = thresholds[2].cells.map(({ kept, images }) => kept / images)
    expect(men).toBeCloseTo(2 / 3, 1) // the half of all with the largest leads: the median of the mixture is 0.1333
    expect(women).toBeCloseTo(1 / 3, 1)
  })
})
