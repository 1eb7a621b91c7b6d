import { describe, expect, it } from 'vitest'
import { strataOf } from '../../../src/audit/findings/strata.js'
import type { GroupedCells } from '../../../src/audit/measures/group-cells.js'

/** Five cells: A young, A old, B young, B old, unknown young. */
const COUNTS = [
  [3, 10],
  [4, 20],
  [5, 30],
  [0, 0],
  [9, 9],
].map(([count, total]) => ({ count, total, nearUp: 1, nearDown: 1 }))
const grouped = (cells: readonly (readonly number[])[], comparable: readonly boolean[]): GroupedCells => ({
  groupBy: [],
  groups: cells.map((_, index) => [['x', String(index)] as const]),
  cells,
  comparable,
})
const BY_RACE = grouped([[0, 1], [2, 3], [4]], [true, true, false]) // prettier-ignore
const BY_AGE = grouped([[0, 2, 4], [1, 3]], [true, true]) // prettier-ignore

describe('strataOf', () => {
  it('counts both sides within every combination, empty sides included', () => {
    expect(strataOf({ grouped: BY_RACE, over: BY_AGE, inCells: COUNTS, group: 0, referenceGroup: null })).toEqual([
      { group: { count: 3, total: 10 }, reference: { count: 5, total: 30 } },
      { group: { count: 4, total: 20 }, reference: { count: 0, total: 0 } },
    ])
  })

  it('takes one group as reference where one is named, an unknown one too', () => {
    const [young] = strataOf({ grouped: BY_RACE, over: BY_AGE, inCells: COUNTS, group: 0, referenceGroup: 2 })
    expect(young.reference).toEqual({ count: 9, total: 9 })
  })

  it('leaves out combinations with an unknown value', () => {
    const over = { ...BY_AGE, comparable: [false, true] }
    expect(strataOf({ grouped: BY_RACE, over, inCells: COUNTS, group: 1, referenceGroup: null })).toEqual([
      { group: { count: 0, total: 0 }, reference: { count: 4, total: 20 } },
    ])
  })

  it('passes over cells that belong to no group', () => {
    const some = grouped([[0], [2]], [true, true]) // prettier-ignore
    expect(strataOf({ grouped: some, over: BY_AGE, inCells: COUNTS, group: 0, referenceGroup: null })[1]).toEqual({
      group: { count: 0, total: 0 },
      reference: { count: 0, total: 0 },
    })
  })
})
