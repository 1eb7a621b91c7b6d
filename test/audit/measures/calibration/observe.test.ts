import { describe, expect, it } from 'vitest'
import { calibrationRules } from '../../../../src/audit/measures/calibration/rules.js'
import { observeCalibration } from '../../../../src/audit/measures/calibration/observe.js'
import { createRandom } from '../../../../src/audit/statistics/random.js'
import type { LabelSet } from '../../../../src/audit/types/definitions.js'
import type { MeasureOf } from '../../../../src/audit/types/measures.js'
import { describeLabelSet } from '../../../../src/audit/describe-facts.js'
import { LABELS } from '../../../support/definitions.js'
import { designOf, inputOf, peopleOf, type MadeUpRow } from '../made-up-scores.js'

const PEOPLE: LabelSet = { ...LABELS, id: 'two-labels', labels: LABELS.labels.slice(0, 2) }
const MEASURE: MeasureOf<'calibration'> = { kind: 'calibration', attributes: ['gender'], bins: 10, draws: 199 }
const GENDER = { name: 'gender', values: ['Male', 'Female', 'unknown'] }

/** A row that is given its own value (or the other) with a probability, at a logit scale of 1. */
function row(of: readonly string[], probability: number, isRight: boolean): MadeUpRow {
  const lead = Math.log(probability / (1 - probability))
  const isMale = (of[0] === 'Male') === isRight
  return { of, scores: isMale ? [lead, 0] : [0, lead] }
}

async function observe(rows: readonly MadeUpRow[], changes: { seed?: number; subjects?: string[] } = {}) {
  const { seed = 1, subjects = null } = changes
  const people = peopleOf([GENDER], rows, subjects)
  return observeCalibration(inputOf(MEASURE, { people, seed, designs: [designOf(PEOPLE, rows)] }))
}

describe('observeCalibration', () => {
  it('gives the sums of the hand-made example: probabilities .9 .8 .7 .55, right 1 1 0 1', async () => {
    const rows = [row(['Male'], 0.899, true), row(['Male'], 0.799, true), row(['Male'], 0.699, false), row(['Male'], 0.55, true)] // prettier-ignore
    const [{ cells, groups }] = await observe(rows)
    const [{ bins, squares }] = cells
    expect(bins.map(([bin, images, right]) => [bin, images, right])).toEqual([[5, 1, 1], [6, 1, 0], [7, 1, 1], [8, 1, 1]]) // prettier-ignore
    expect(squares[0] / 4).toBeCloseTo((0.101 ** 2 + 0.201 ** 2 + 0.699 ** 2 + 0.45 ** 2) / 4, 6)
    expect(squares[1]).toBeCloseTo(2 * squares[0], 12) // of two labels both are off by the same
    expect(groups.map(({ group }) => group)).toEqual([[], [['gender', 'Male']]])
    expect(groups[1].difference).toEqual({ value: null, reason: 'group-too-small' })
  })

  it('finds a calibrated group calibrated, and a planted overconfidence beyond chance in one group alone', async () => {
    const random = createRandom(11)
    const rows = Array.from({ length: 1200 }, (_, index) => {
      const probability = 0.55 + 0.4 * random.uniform()
      const isFemale = index % 2 === 1
      const truth = isFemale ? probability - 0.2 : probability
      return row([isFemale ? 'Female' : 'Male'], probability, random.uniform() < truth)
    })
    const [{ groups }] = await observe(rows)
    const [, men, women] = groups
    expect(men.chance.p).toBeGreaterThan(0.05)
    expect(women.chance.p).toBe(1 / 200)
    expect(women.difference?.value).toBeGreaterThan(0)
    expect(women.difference?.interval?.[0]).toBeGreaterThan(0)
    expect(men.difference?.value).toBeCloseTo(-(women.difference?.value ?? 0), 12) // the rest of one is the other
  })

  it('has p evenly spread where every image is right as often as its probability says', async () => {
    const values: number[] = []
    for (let seed = 0; seed < 60; seed++) {
      const random = createRandom(seed, 'calibrated')
      const rows = Array.from({ length: 60 }, () => {
        const probability = 0.5 + 0.5 * random.uniform()
        return row(['Male'], probability, random.uniform() < probability)
      })
      values.push((await observe(rows, { seed }))[0].groups[0].chance.p)
    }
    const below = values.filter((p) => p <= 0.5).length / values.length
    expect(below).toBeGreaterThan(0.3)
    expect(below).toBeLessThan(0.7) // 60 draws of a half: three standard errors are 0.19
    expect(values.filter((p) => p <= 0.05).length).toBeLessThanOrEqual(8)
  })

  it('ignores the order of the rows, to the last bit', async () => {
    const random = createRandom(5)
    const rows = Array.from({ length: 80 }, (_, index) => row([index % 3 === 0 ? 'Male' : 'Female'], 0.5 + random.uniform() / 2, random.uniform() < 0.7)) // prettier-ignore
    expect(await observe(random.shuffle(rows))).toEqual(await observe(rows))
  })

  it('leaves out images whose annotation is unknown or meant by no label, and counts them', async () => {
    const [{ leftOut, cells }] = await observe([row(['Male'], 0.8, true), row(['unknown'], 0.8, true)])
    expect([leftOut, cells.length]).toEqual([1, 1])
  })

  it('gives no interval where several images show one subject', async () => {
    const rows = Array.from({ length: 80 }, (_, index) => row([index % 2 === 0 ? 'Male' : 'Female'], 0.8, true))
    const [{ groups }] = await observe(rows, { subjects: rows.map((_, index) => `s${Math.floor(index / 2)}`) })
    expect(groups[1].difference).toMatchObject({ interval: null, intervalReason: 'repeated-subjects' })
  })

  it('takes the sigmoid of the chosen label where there is a bias, and the squares of every label on its own', async () => {
    const rows = [{ of: ['Male'], scores: [3, 2] }, { of: ['Female'], scores: [3, 2] }] // prettier-ignore
    const p = [3, 2].map((score) => 1 / (1 + Math.exp(-(score - 1)))) // 0.881 and 0.731: together more than 1
    const given = { people: peopleOf([GENDER], rows), logitBias: -1, designs: [designOf(PEOPLE, rows)] }
    const [{ cells, logitBias }] = await observeCalibration(inputOf(MEASURE, given))
    expect(logitBias).toBe(-1)
    expect(cells.map(({ bins }) => bins.map(([bin, images, right]) => [bin, images, right]))).toEqual([
      [[8, 1, 1]],
      [[8, 1, 0]],
    ])
    expect(cells[0].squares[1]).toBeCloseTo((p[0] - 1) ** 2 + p[1] ** 2, 12)
    expect(cells[1].squares[1]).toBeCloseTo(p[0] ** 2 + (p[1] - 1) ** 2, 12)
  })

  it('counts nothing where the bias of a sigmoid is not known, and says why', async () => {
    const rows = [row(['Male'], 0.8, true)]
    const given = { people: peopleOf([GENDER], rows), logitBias: null, designs: [designOf(PEOPLE, rows)] }
    expect(await observeCalibration(inputOf(MEASURE, given))).toMatchObject([
      { logitScale: null, logitScaleReason: 'no logit bias', cells: [], groups: [] },
    ])
  })

  it('counts nothing of a model without probabilities, and says why', async () => {
    const rows = [row(['Male'], 0.8, true)]
    const given = { people: peopleOf([GENDER], rows), logitScale: null, designs: [designOf(PEOPLE, rows)] }
    expect(await observeCalibration(inputOf(MEASURE, given))).toMatchObject([
      { logitScale: null, logitScaleReason: 'not in the export', cells: [], groups: [] },
    ])
  })
})

describe('what calibration asks of a label set', () => {
  const missing = (labels: LabelSet['labels']) =>
    calibrationRules.missing(MEASURE, describeLabelSet({ ...LABELS, labels }))

  it('is one label for each value, and no label beside', () => {
    expect(missing(PEOPLE.labels)).toBeNull()
    expect(missing(LABELS.labels)).toEqual({ reason: 'attribute-absent', missing: 'gender' }) // a thief is of no gender
    const boy = { ...LABELS.labels[0], id: 'boy', text: 'a boy' }
    expect(missing([...PEOPLE.labels, boy])).not.toBeNull() // two labels mean Male
  })
})
