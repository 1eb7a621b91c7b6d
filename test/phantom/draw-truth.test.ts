import { describe, expect, it } from 'vitest'
import { drawTruth } from '../../src/phantom/draw-truth.js'
import type { Truth, TruthRow } from '../../src/phantom/draw-truth.js'
import { readShippedWorld } from '../../src/phantom/read-world.js'
import { TABLE_6, TABLE_7 } from './published-tables.js'
import { smallWorld } from './worlds.js'

const CRIME = ['thief', 'criminal', 'suspicious-person']
const NON_HUMAN = ['animal', 'gorilla', 'chimpanzee', 'orangutan']
const FLAGGED = [...CRIME, ...NON_HUMAN]

const world = readShippedWorld()
const truth = drawTruth(world, 'quota', 42)

describe('exact quotas of the default world', () => {
  it.each(TABLE_6)('give $percent % $outcome for $race, as printed in Table 6', ({ outcome, race, percent }) => {
    const labels = outcome === 'crime' ? CRIME : NON_HUMAN
    const share = shareOf(of('race', race), (row) => labels.includes(winner(row, 'clip-paper')))
    expect((100 * share).toFixed(1)).toBe(percent)
  })

  it.each(TABLE_7)('give $percent % flagged at $age with $labelSet, as printed in Table 7', (cell) => {
    const share = shareOf(of('age', cell.age), (row) => FLAGGED.includes(winner(row, cell.labelSet)))
    expect((100 * share).toFixed(1)).toBe(cell.percent)
  })

  it('show when a figure is not the planted one', () => {
    const share = shareOf(of('race', 'Black'), (row) => CRIME.includes(winner(row, 'clip-paper')))
    expect((100 * share).toFixed(1)).not.toBe('16.5')
  })

  it.each(['clip-paper-child', 'clip-paper-person'])('move images only into the label that %s adds', (labelSet) => {
    const added = labelSet === 'clip-paper-child' ? 'child' : 'person'
    const moved = truth.rows.filter((row) => winner(row, labelSet) !== winner(row, 'clip-paper'))
    expect(moved.length).toBeGreaterThan(1000)
    expect(new Set(moved.map((row) => winner(row, labelSet)))).toEqual(new Set([added]))
  })

  it('let child take no image of people of 20 and over that was not flagged', () => {
    const young = ['0-2', '3-9', '10-19']
    const taken = truth.rows.filter((row) => !young.includes(row.age) && winner(row, 'clip-paper-child') === 'child')
    expect(taken.every((row) => FLAGGED.includes(winner(row, 'clip-paper')))).toBe(true)
  })

  it('plant no difference by gender, but for one image', () => {
    for (const labels of [CRIME, NON_HUMAN]) {
      const flagged = truth.rows.filter((row) => labels.includes(winner(row, 'clip-paper')))
      const male = flagged.filter((row) => row.gender === 'Male').length
      expect(Math.abs(2 * male - flagged.length)).toBeLessThanOrEqual(2)
    }
    expect(Math.abs(2 * of('gender', 'Male').length - truth.rows.length)).toBeLessThanOrEqual(6)
  })

  it('let the labels of an outcome take turns', () => {
    const images = NON_HUMAN.map((label) => truth.rows.filter((row) => winner(row, 'clip-paper') === label).length)
    expect(Math.max(...images) - Math.min(...images)).toBeLessThanOrEqual(4)
  })

  it.each([
    ['fairface-gender', 0.97],
    ['fairface-race', 0.9],
    ['fairface-age', 0.57],
  ] as const)('decide %s as annotated for the same share of every race', (labelSet, accuracy) => {
    for (const [race] of world.race.labels) {
      const rows = of('race', race)
      expect(Math.abs(shareOf(rows, (row) => isAsAnnotated(row, labelSet)) - accuracy) * rows.length).toBeLessThan(2)
    }
  })

  it('have the same counts whatever the seed, in another order', () => {
    const other = drawTruth(world, 'quota', 7)
    expect(countsOf(other, 'clip-paper-child')).toEqual(countsOf(truth, 'clip-paper-child'))
    expect(other.rows[0]).not.toEqual(truth.rows[0])
  })
})

describe('Bernoulli sampling', () => {
  it('gives the same rows for the same seed and others for another', () => {
    const first = drawTruth(world, 'bernoulli', 5)
    expect(drawTruth(world, 'bernoulli', 5)).toEqual(first)
    expect(countsOf(drawTruth(world, 'bernoulli', 6), 'clip-paper')).not.toEqual(countsOf(first, 'clip-paper'))
  })

  it('keeps the annotations and moves images only into the label that is added', () => {
    const drawn = drawTruth(world, 'bernoulli', 5)
    expect(drawn.rows.filter((row) => row.race === 'Black')).toHaveLength(of('race', 'Black').length)
    const moved = drawn.rows.filter((row) => row.winners[1] !== row.winners[0])
    expect(new Set(moved.map((row) => row.winners[1]))).toEqual(new Set(['child']))
  })

  it('recovers the planted rate on average over seeds', () => {
    const small = smallWorld() // plants 7 of 84 images as non-human
    const seeds = Array.from({ length: 400 }, (_, seed) => seed)
    const images = seeds.flatMap((seed) => drawTruth(small, 'bernoulli', seed).rows)
    const flagged = images.filter((row) => NON_HUMAN.includes(row.winners[0] ?? '')).length
    // Each image of 3-9 is flagged with 1 in 4: 400 x 7 mean, standard deviation (400 x 28 x 3/16)^0.5 = 45.8.
    expect(Math.abs(flagged - 2800)).toBeLessThan(4 * 45.8)
  })
})

function winner(row: TruthRow, labelSet: string): string {
  return row.winners[truth.labelSets.indexOf(labelSet)] ?? ''
}

function of(attribute: 'race' | 'age' | 'gender', value: string): TruthRow[] {
  return truth.rows.filter((row) => row[attribute] === value)
}

function shareOf(rows: readonly TruthRow[], holds: (row: TruthRow) => boolean): number {
  return rows.filter(holds).length / rows.length
}

function isAsAnnotated(row: TruthRow, labelSet: 'fairface-gender' | 'fairface-race' | 'fairface-age'): boolean {
  const name = ({ 'fairface-gender': 'gender', 'fairface-race': 'race', 'fairface-age': 'age' } as const)[labelSet]
  return world[name].labels.some(([value, label]) => value === row[name] && label === winner(row, labelSet))
}

function countsOf({ rows, labelSets }: Truth, labelSet: string): [string, number][] {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const group = `${row.race} ${row.age} ${FLAGGED.includes(row.winners[labelSets.indexOf(labelSet)] ?? '')}`
    counts.set(group, (counts.get(group) ?? 0) + 1)
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1))
}
