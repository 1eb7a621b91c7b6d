import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countFlows, pairedCountsOf } from '../../../src/audit/designs/flows.js'
import { pairedTotal } from '../../../src/audit/statistics/paired-counts.js'
import { decided, FEWER, labelSetOf, MORE } from './label-sets.js'

const one = (...rows: number[]) => ({ groupOfRow: Int32Array.from(rows, () => 0), groups: 1 })

describe('countFlows', () => {
  it('counts images by outcome under the first label set and under the second', () => {
    const first = decided(FEWER, [0, 0, 0, 2, 2, 1])
    const second = decided(MORE, [0, 3, 2, 3, 2, 1])
    expect(countFlows(first, second, one(...first.decisions.winner))).toEqual({
      outcomes: ['person', 'crime'],
      groups: [{ flow: [[3, 1], [1, 1]], onlyFirst: 0, onlySecond: 0 }],
    }) // prettier-ignore
  })

  it('keeps groups apart, and leaves rows out that are in none', () => {
    const rows = { groupOfRow: Int32Array.of(1, 0, -1, 1), groups: 3 }
    const { groups } = countFlows(decided(FEWER, [0, 0, 0, 2]), decided(FEWER, [0, 2, 2, 2]), rows)
    expect(groups.map(({ flow }) => flow)).toEqual([[[0, 1], [0, 0]], [[1, 0], [0, 1]], [[0, 0], [0, 0]]]) // prettier-ignore
  })

  it('counts images apart that only one of the two decided', () => {
    const flows = countFlows(decided(FEWER, [0, -1, -1, -1, 0]), decided(FEWER, [-1, 0, 2, -1, 0]), one(0, 0, 0, 0, 0))
    expect(flows.groups[0]).toEqual({ flow: [[1, 0], [0, 0]], onlyFirst: 1, onlySecond: 2 }) // prettier-ignore
  })

  it('lists the outcomes of the first label set, then those only the second has', () => {
    const other = labelSetOf('other', [['hat', 'clothes'], ['man', 'person']]) // prettier-ignore
    const { outcomes, groups } = countFlows(decided(FEWER, [2, 0]), decided(other, [0, 1]), one(0, 0))
    expect(outcomes).toEqual(['person', 'crime', 'clothes'])
    expect(groups[0].flow).toEqual([[1, 0, 0], [0, 0, 1], [0, 0, 0]]) // prettier-ignore
  })

  it('turns the flow when the label sets are exchanged, and changes nothing it was given', () => {
    const winners = fc.array(fc.tuple(fc.integer({ min: -1, max: 2 }), fc.integer({ min: -1, max: 3 })), { minLength: 1 }) // prettier-ignore
    fc.assert(
      fc.property(winners, (drawn) => {
        const first = decided(FEWER, drawn.map(([before]) => before)) // prettier-ignore
        const second = decided(MORE, drawn.map(([, after]) => after)) // prettier-ignore
        const [there, back] = [countFlows(first, second, one(...drawn.map(() => 0))), countFlows(second, first, one(...drawn.map(() => 0)))] // prettier-ignore
        const [{ flow, onlyFirst, onlySecond }, turned] = [there.groups[0], back.groups[0]]
        expect(turned.flow).toEqual(flow.map((_, column) => flow.map((row) => row[column])))
        expect([turned.onlySecond, turned.onlyFirst]).toEqual([onlyFirst, onlySecond])
        expect([...first.decisions.winner]).toEqual(drawn.map(([before]) => before))
      }),
    )
  })

  it('refuses decisions about other rows', () => {
    const [two, three] = [decided(FEWER, [0, 0]), decided(FEWER, [0, 0, 0])]
    const wrong = 'countFlows expected decisions for 2 rows but received 3'
    expect(() => countFlows(two, three, one(0, 0))).toThrow(wrong)
    expect(() => countFlows(three, two, one(0, 0))).toThrow(wrong)
  })
})

describe('pairedCountsOf', () => {
  const OUTCOMES = ['person', 'non-human', 'crime']
  const FLOW = [[100, 1, 2], [3, 20, 4], [5, 6, 30]] // prettier-ignore

  it('counts images inside an outcome before and after', () =>
    expect(pairedCountsOf(FLOW, OUTCOMES, new Set(['crime']))).toEqual({
      both: 30,
      onlyFirst: 11,
      onlySecond: 6,
      neither: 124,
    }))

  it('counts a move inside a union as no change', () =>
    expect(pairedCountsOf(FLOW, OUTCOMES, new Set(['crime', 'non-human']))).toEqual({
      both: 60,
      onlyFirst: 8,
      onlySecond: 3,
      neither: 100,
    }))

  it('counts every image once, whatever the outcome', () => {
    for (const inside of [[], ['person'], OUTCOMES, ['elsewhere']])
      expect(pairedTotal(pairedCountsOf(FLOW, OUTCOMES, new Set(inside)))).toBe(171)
  })
})
