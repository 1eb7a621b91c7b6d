import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CellTable } from '../../../src/audit/disclosure/linked-cells.js'
import { suppressCells } from '../../../src/audit/disclosure/suppress-cells.js'
import { marginTable, toldExactly } from './tables.js'

const hidden = (table: CellTable, minimum = 10): Record<string, string> =>
  Object.fromEntries(suppressCells(table, minimum))
const row = (...counts: number[]): CellTable => marginTable([counts.length], counts)

describe('suppressCells', () => {
  it('suppresses nothing where no cell is small', () => {
    expect(hidden(row(10, 11, 12))).toEqual({})
  })

  it('suppresses a small cell and the next smallest, which would give it away', () => {
    expect(hidden(row(90, 3, 40, 41))).toEqual({ 1: 'primary', 2: 'complementary' })
  })

  it('takes the first of two equal cells', () => {
    expect(hidden(row(50, 3, 40, 40))).toEqual({ 1: 'primary', 2: 'complementary' })
  })

  it('suppresses 9 but not 10 at a threshold of 10', () => {
    expect(hidden(row(9, 10, 60))).toEqual({ 0: 'primary', 1: 'complementary' })
    expect(hidden(row(10, 10, 60))).toEqual({})
  })

  it('suppresses zero: that nobody is in a cell is known of everybody', () => {
    expect(hidden(row(0, 30, 60))).toEqual({ 0: 'primary', 1: 'complementary' })
  })

  it('needs no third cell beside two small ones', () => {
    expect(hidden(row(3, 4, 60))).toEqual({ 0: 'primary', 1: 'primary' })
  })

  it('suppresses a third cell where the total gives two zeros away', () => {
    expect(hidden(row(0, 0, 50, 60))).toEqual({ 0: 'primary', 1: 'primary', 2: 'complementary' })
  })

  it('suppresses the total where there is nothing else', () => {
    expect(
      hidden({
        cells: marginTable([1], [4]).cells.map((cell) => ({ ...cell, least: cell.order === 0 ? 4 : 99 })),
        lines: [{ parts: ['0'], total: '*' }],
      }),
    ).toEqual({ 0: 'primary', '*': 'complementary' })
  })

  it('suppresses a large cell that would give a small count away', () => {
    const { cells, lines } = row(95, 60, 70)
    const table = { cells: cells.map((cell) => (cell.id === '0' ? { ...cell, least: 5 } : cell)), lines }
    expect(hidden(table)).toEqual({ 0: 'primary', 1: 'complementary' })
  })

  it('suppresses in rows and columns', () => {
    //                                          3 20 30 / 40 50 61 / 70 81 90
    expect(hidden(marginTable([3, 3], [3, 20, 30, 40, 50, 61, 70, 81, 90]))).toEqual({
      '0,0': 'primary',
      '0,1': 'complementary',
      '1,0': 'complementary',
      '1,1': 'complementary',
    })
  })

  it('lets nobody who knows the rest tell a suppressed cell', () => {
    const axes = fc.constantFrom([4], [2, 2], [2, 3], [3, 3], [2, 2, 2])
    const count = fc.oneof(
      { weight: 2, arbitrary: fc.constant(0) },
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 4, max: 9 }),
    )
    const tables = axes.chain((lengths) => {
      const size = lengths.reduce((product, length) => product * length, 1)
      return fc.array(count, { minLength: size, maxLength: size }).map((counts) => marginTable(lengths, counts))
    })
    fc.assert(
      fc.property(tables, (table) => {
        const suppressed = suppressCells(table, 4)
        expect(toldExactly(table, new Set(suppressed.keys()), 14)).toEqual([])
        for (const { id, least } of table.cells) if (least < 4) expect(suppressed.get(id)).toBe('primary')
      }),
      { numRuns: 60 },
    )
  })

  it('does not depend on the order in which cells, lines and parts come', () => {
    const table = marginTable([3, 3], [3, 20, 30, 40, 0, 61, 70, 81, 9])
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...table.cells], { minLength: table.cells.length }),
        fc.shuffledSubarray([...table.lines], { minLength: table.lines.length }),
        (cells, lines) => {
          const reversed = lines.map(({ parts, total }) => ({ parts: [...parts].reverse(), total }))
          expect(hidden({ cells, lines: reversed })).toEqual(hidden(table))
        },
      ),
      { numRuns: 20 },
    )
  })

  it('suppresses at a higher threshold every cell that is small at a lower one, and changes nothing it is given', () => {
    const table = marginTable([3, 3], [3, 20, 30, 40, 0, 61, 70, 81, 9])
    const before = structuredClone(table)
    const small = (minimum: number): string[] =>
      [...suppressCells(table, minimum)].filter(([, why]) => why === 'primary').map(([id]) => id)
    expect(small(4)).toEqual(['0,0', '1,1'])
    expect(small(10)).toEqual(['0,0', '1,1', '2,2'])
    expect(table).toEqual(before)
  })

  it.each([0, -1, 2.5, Number.NaN])('refuses %d as a minimum', (minimum) => {
    expect(() => suppressCells(row(1, 2), minimum)).toThrow(
      new RangeError(`suppressCells expected a whole minimum from 1 but received ${minimum}`),
    )
  })

  it('takes 1 as a minimum, which suppresses zeros alone', () => {
    expect(hidden(row(0, 1, 1), 1)).toEqual({ 0: 'primary', 1: 'complementary' })
  })
})
