import { describe, expect, it } from 'vitest'
import { openCsv } from '../../../src/audit/dataset/csv.js'
import type { TablePart, TableRow } from '../../../src/audit/dataset/label-table.js'
import { linesFrom, partsOf, readCells, rowsInParts } from '../../../src/audit/dataset/table-parts.js'
import { allRows, testFolder, write } from './helpers.js'

const folder = testFolder()
const MOST_AT_ONCE = 16_384

async function* broken(rows: number): AsyncGenerator<TableRow, void> {
  for (let row = 0; row < rows; row++) yield await Promise.resolve({ line: row + 2, cells: [`${row}`], id: `i${row}` })
  throw new Error('a broken row')
}

async function* twoParts(): AsyncGenerator<TablePart, void> {
  yield await Promise.resolve({ lines: linesFrom(2, 2), columns: [['a', 'b'], ['1', '2']], marks: null }) // prettier-ignore
  yield { lines: linesFrom(4, 1), columns: [['c'], ['3']], marks: [{ id: 'x' }] }
}

describe('partsOf', () => {
  it('gives the rows before a broken one, with what is said of them, and then what it throws', async () => {
    const seen: TablePart[] = []
    const read = async (): Promise<void> => {
      for await (const part of partsOf(broken(5000))) seen.push(part)
    }
    await expect(read()).rejects.toThrow('a broken row')
    expect(seen.flatMap(({ lines }) => [...lines])).toEqual([...linesFrom(2, 5000)])
    expect(seen.flatMap(({ columns }) => columns[0]).at(-1)).toBe('4999')
    expect(seen.flatMap(({ marks }) => marks ?? []).at(-1)).toEqual({ id: 'i4999' })
  })

  it('gives the rows of a table that is read in parts one by one as well', async () => {
    const rows: TableRow[] = []
    for await (const row of rowsInParts(twoParts)) rows.push(row)
    expect(rows).toEqual([
      { line: 2, cells: ['a', '1'] },
      { line: 3, cells: ['b', '2'] },
      { line: 4, cells: ['c', '3'], id: 'x' },
    ])
  })
})

describe('readCells', () => {
  it('cuts all columns before the first row with a broken cell, whichever column it is in', () => {
    const reader = (name: string, brokenRow: number) => (row: number) => {
      if (row === brokenRow) throw new Error(`${name} ${row}`)
      return `${name}${row}`
    }
    const parts = readCells(7, 5, [reader('a', 4), reader('b', 2), reader('c', 2), reader('d', 9)])
    expect(parts.next().value).toEqual({
      lines: Uint32Array.of(7, 8),
      columns: ['a', 'b', 'c', 'd'].map((name) => [`${name}0`, `${name}1`]),
      marks: null,
    })
    expect(() => parts.next()).toThrow('b 2')
  })
})

describe('a large CSV file', () => {
  const ROWS = 60_000
  const cells = (row: number): string => (row === 40_000 ? '"two\nlines",x' : `name of an image ${row},x`)
  const path = write(folder, `image,race\n${Array.from({ length: ROWS }, (_, row) => `${cells(row)}\n`).join('')}`)

  it('is given in parts of at most some thousand rows, so that its text is never held whole', async () => {
    const sizes: number[] = []
    for await (const { lines } of partsOf((await openCsv(path)).rows(['race']))) sizes.push(lines.length)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(ROWS)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(MOST_AT_ONCE)
  })

  it('keeps count of its lines after a quoted line end far inside', async () => {
    const rows = await allRows(await openCsv(path))
    expect(rows[39_999].line).toBe(40_001)
    expect(rows[40_000]).toEqual({ line: 40_002, cells: ['two\nlines', 'x'] })
    expect(rows[40_001].line).toBe(40_004)
    expect(rows.at(-1)?.line).toBe(ROWS + 2)
  })
})
