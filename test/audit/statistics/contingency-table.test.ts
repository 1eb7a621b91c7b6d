import { describe, expect, it } from 'vitest'
import { contingencyTable } from '../../../src/audit/statistics/contingency-table.js'

describe('contingencyTable', () => {
  it('adds up the margins of a table', () =>
    expect(
      contingencyTable('here', [
        [1, 2, 3],
        [4, 5, 6],
      ]),
    ).toEqual({
      counts: [
        [1, 2, 3],
        [4, 5, 6],
      ],
      rowTotals: [6, 15],
      columnTotals: [5, 7, 9],
      total: 21,
      emptyRows: [],
      emptyColumns: [],
    }))
  it('leaves out rows and columns without images, and lists them by their place', () =>
    expect(
      contingencyTable('here', [
        [0, 0, 0, 0],
        [0, 1, 0, 2],
        [0, 0, 0, 0],
        [0, 0, 0, 3],
      ]),
    ).toEqual({
      counts: [
        [1, 2],
        [0, 3],
      ],
      rowTotals: [3, 3],
      columnTotals: [1, 5],
      total: 6,
      emptyRows: [0, 2],
      emptyColumns: [0, 2],
    }))
  it.each([
    [[], '0 and 0'],
    [[[]], '0 and 0'],
    [[[1, 2]], '1 and 2'],
    [[[1], [2]], '2 and 1'],
    [[[1, 0], [2, 0]], '2 and 1'], // prettier-ignore
    [[[0, 0], [2, 1]], '1 and 2'], // prettier-ignore
    [[[0, 0], [0, 0]], '0 and 0'], // prettier-ignore
  ])('refuses %j, which has fewer than two rows or columns with images', (table, received) => {
    expect(() => contingencyTable('homogeneityTest', table)).toThrow(RangeError)
    expect(() => contingencyTable('homogeneityTest', table)).toThrow(
      `homogeneityTest expected at least two rows and two columns with images but received ${received}`,
    )
  })
  it('refuses rows of unequal length', () => {
    for (const [second, length] of [
      [[1], 1],
      [[1, 2, 3], 3],
    ] as const) {
      const unequal = () => contingencyTable('here', [[1, 2], second])
      expect(unequal).toThrow(RangeError)
      expect(unequal).toThrow(`here expected 2 columns in every row but received ${length}`)
    }
  })
  it('refuses counts that are not whole or below 0', () => {
    for (const wrong of [-1, 0.5, NaN, Infinity]) {
      const table = () => contingencyTable('here', [[1, 2], [3, wrong]]) // prettier-ignore
      expect(table).toThrow(RangeError)
      expect(table).toThrow(`here expected whole counts from 0 but received ${wrong}`)
    }
  })
})
