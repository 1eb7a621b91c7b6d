import { describe, expect, it } from 'vitest'
import { linkCells } from '../../../src/audit/disclosure/linked-cells.js'
import { otherCounts } from '../../../src/audit/disclosure/other-counts.js'
import { marginTable } from './tables.js'

/** Cells that differ, by id, when these are suppressed; null where none are found. */
function differing(
  table: Parameters<typeof linkCells>[0],
  suppressed: readonly string[],
  start: string,
): string[] | null {
  const linked = linkCells(table)
  const hidden = linked.ids.map((id) => suppressed.includes(id))
  return (
    otherCounts(linked, hidden, linked.ids.indexOf(start))
      ?.map((index) => linked.ids[index])
      .sort() ?? null
  )
}

describe('otherCounts', () => {
  it('moves an image from one suppressed cell of a line to the other', () => {
    expect(differing(marginTable([3], [3, 40, 50]), ['0', '1'], '0')).toEqual(['0', '1'])
  })

  it('finds nothing where a cell stands alone in its line', () => {
    expect(differing(marginTable([3], [3, 40, 50]), ['0'], '0')).toBeNull()
  })

  it('finds nothing where all suppressed cells of a line are zero', () => {
    expect(differing(marginTable([3], [0, 0, 50]), ['0', '1'], '0')).toBeNull()
    expect(differing(marginTable([3], [0, 1, 50]), ['0', '1'], '0')).toEqual(['0', '1'])
    expect(differing(marginTable([3], [1, 0, 50]), ['0', '1'], '0')).toEqual(['0', '1'])
  })

  it('changes a total that is suppressed', () => {
    expect(differing(marginTable([3], [3, 40, 50]), ['0', '*'], '*')).toEqual(['*', '0'])
  })

  it('goes around a square of rows and columns, and not around an open one', () => {
    const table = marginTable([3, 3], [3, 20, 30, 40, 50, 61, 70, 81, 90])
    expect(differing(table, ['0,0', '0,1', '1,0', '1,1'], '0,0')).toEqual(['0,0', '0,1', '1,0', '1,1'])
    expect(differing(table, ['0,0', '0,1', '1,0', '2,1'], '0,0')).toBeNull()
  })

  it('goes back from a step that leads nowhere', () => {
    // from 0,0 the search tries 0,1 first, whose column has nothing else to give
    const table = marginTable([2, 4], [5, 5, 5, 5, 5, 0, 5, 5])
    expect(differing(table, ['0,0', '0,1', '0,2', '1,0', '1,2'], '0,0')).toEqual(['0,0', '0,2', '1,0', '1,2'])
  })
})
