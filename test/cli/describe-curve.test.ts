import { describe, expect, it } from 'vitest'
import { describeCurve } from '../../src/cli/describe-curve.js'
import { crossedFacts, curveOf, tableOf } from '../audit/curve-facts.js'

const CELLS = [[0], [1], [2]]
const held = curveOf({
  ...crossedFacts(CELLS),
  tables: [tableOf([[200, 10, 10], [180, 10, 10], [0, 10, 10]], [1000, 1000, 1000])], // prettier-ignore
  images: 3000,
})

describe('describeCurve', () => {
  it('names the groups whose disparity holds most often, with range and change of sign', () => {
    expect(describeCurve(held).split('\n').slice(0, 3)).toEqual([
      'Simulated data: says nothing about any model or any people.',
      'Groups with a disparity, and in how many specifications:',
      '  crime, race group 0: 2 of 3, from -1.0 to +19.0 points; the difference changes sign',
    ])
  })

  it('says so where no group has one', () => {
    const same = curveOf({ ...crossedFacts([[0]]), tables: [tableOf([[1, 1]], [100, 100])], images: 200 }) // prettier-ignore
    expect(describeCurve(same)).toContain('No group has a disparity in any specification (1).\n')
  })

  it('lists ten and counts the rest', () => {
    const totals = Array.from({ length: 14 }, () => 2000)
    const counts = [totals.map((_, group) => (group % 2 === 0 ? 600 : 20))]
    const many = curveOf({ ...crossedFacts([[0]]), tables: [tableOf(counts, totals)], images: 28_000 })
    const lines = describeCurve(many).trim().split('\n')
    expect(lines).toHaveLength(2 + 10 + 1)
    expect(lines.at(-1)).toBe('  and 4 more groups, in curve.json')
  })

  it('says what could not be read, and that subjects are not taken into account', () => {
    const { facts } = held
    const dataset = { ...facts.dataset, rows: { in: 3002, processed: 3000, quarantined: 2, excluded: 0 }, subjects: 40 }
    const text = describeCurve({ ...held, facts: { ...facts, simulated: false, dataset } })
    expect(text).toContain('2 of 3002 images could not be read: see quarantine.csv')
    expect(text).toContain('The images show 40 subjects. A curve takes images as independent')
    expect(text).not.toContain('Simulated')
  })

  it('prints no control character that somebody wrote into a name', () => {
    const hostile = structuredClone(held) as { derived: { records: { outcome: string }[] } } & typeof held // a copy, to be written to
    hostile.derived.records[0].outcome = 'crime\u001b[31m'
    expect(describeCurve(hostile)).not.toContain('\u001b')
  })
})
