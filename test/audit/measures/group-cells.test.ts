import { describe, expect, it } from 'vitest'
import { groupCells } from '../../../src/audit/measures/group-cells.js'
import type { Group } from '../../../src/audit/types/groups.js'

const cell = (race: string, age: string): Group => [
  ['race', race],
  ['age', age],
]
const CELLS = [cell('White', '0-2'), cell('White', '20-29'), cell('Black', '0-2'), cell('unknown', '20-29')]
const VALUES = new Map([
  ['race', ['White', 'Black', 'Indian', 'unknown']],
  ['age', ['0-2', '20-29', 'more than 70']],
])
const YOUNG = [
  {
    id: 'age-19',
    from: 'age',
    groups: [
      { value: '0-19', values: ['0-2'] },
      { value: '20 and over', values: ['20-29'] },
    ],
  },
]

describe('groupCells', () => {
  it('sums cells into the values of an attribute, in declared order, with empty groups listed', () => {
    const grouped = groupCells(CELLS, ['race'], VALUES, [])
    expect(grouped.groups.map(([[, value]]) => value)).toEqual(['White', 'Black', 'Indian', 'unknown'])
    expect(grouped.cells).toEqual([[0, 1], [2], [], [3]])
  })

  it('never compares a group with an unknown value', () => {
    expect(groupCells(CELLS, ['race'], VALUES, []).comparable).toEqual([true, true, true, false])
  })

  it('crosses attributes and lists every combination', () => {
    const grouped = groupCells(CELLS, ['race', 'age'], VALUES, [])
    expect(grouped.groups).toHaveLength(3 * 3 + 1)
    expect(grouped.cells[0]).toEqual([0])
  })

  it('joins values into a derived attribute, and calls a value that the derivation does not list unknown', () => {
    const grouped = groupCells([...CELLS, cell('White', 'more than 70')], ['age-19'], VALUES, YOUNG)
    expect(grouped.groups.map(([[, value]]) => value)).toEqual(['0-19', '20 and over', 'unknown'])
    expect(grouped.cells).toEqual([[0, 2], [1, 3], [4]])
  })

  it('keeps groups apart whose names contain separators or are names of object members', () => {
    const odd: Group[] = [
      [
        ['a', 'x=y'],
        ['b', 'z'],
      ],
      [
        ['a', 'x'],
        ['b', 'y=z'],
      ],
      [
        ['a', '__proto__'],
        ['b', 'constructor'],
      ],
    ]
    const values = new Map([
      ['a', ['x=y', 'x', '__proto__']],
      ['b', ['z', 'y=z', 'constructor']],
    ])
    const grouped = groupCells(odd, ['a', 'b'], values, [])
    expect(grouped.cells.filter((cells) => cells.length > 0)).toEqual([[0], [1], [2]])
  })

  it('refuses an attribute that nobody declared', () => {
    expect(() => groupCells(CELLS, ['height'], VALUES, [])).toThrow(RangeError)
  })
})
