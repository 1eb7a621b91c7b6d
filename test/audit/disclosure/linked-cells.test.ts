import { describe, expect, it } from 'vitest'
import { linkCells, type CellTable, type CountedCell } from '../../../src/audit/disclosure/linked-cells.js'

const cell = (id: string, count: number, order = 0): CountedCell => ({ id, count, least: count, order })
const refusal = (table: CellTable) => () => linkCells(table)

describe('linkCells', () => {
  it('numbers cells in canonical order and gives each its lines, with the total last', () => {
    const table = {
      cells: [cell('all', 5, 9), cell('b', 2, 1), cell('a', 3, 1)],
      lines: [
        { parts: ['b', 'a'], total: 'all' },
        { parts: ['a', 'b'], total: 'all' },
      ],
    }
    expect(linkCells(table)).toEqual({
      ids: ['a', 'b', 'all'],
      counts: [3, 2, 5],
      least: [3, 2, 5],
      lines: [[0, 1, 2]],
      linesOf: [[{ line: 0, sign: 1 }], [{ line: 0, sign: 1 }], [{ line: 0, sign: -1 }]],
    })
  })

  it('refuses what does not add up', () => {
    const cells = [cell('a', 3), cell('b', 2), cell('all', 6)]
    expect(refusal({ cells, lines: [{ parts: ['a', 'b'], total: 'all' }] })).toThrow(
      'linkCells expected parts that add up to 6 but received 5',
    )
  })

  it('refuses a cell that is given twice', () => {
    expect(refusal({ cells: [cell('a', 3), cell('a', 3)], lines: [] })).toThrow(
      'linkCells expected each cell once but received one twice',
    )
  })

  it.each([-1, 0.5, Number.NaN])('refuses %d as a count', (count) => {
    expect(refusal({ cells: [cell('a', count)], lines: [] })).toThrow(
      `linkCells expected whole counts from 0 but received ${count}`,
    )
  })

  it('refuses a line of unknown cells or of none', () => {
    expect(refusal({ cells: [cell('a', 0)], lines: [{ parts: ['b'], total: 'a' }] })).toThrow(
      'linkCells expected a cell of the table but received b',
    )
    expect(refusal({ cells: [cell('a', 0)], lines: [{ parts: [], total: 'a' }] })).toThrow(
      'linkCells expected parts of a but received none',
    )
  })
})
