import { statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openCells } from '../../../src/audit/dataset/parquet-cells.js'
import { isSameState } from '../../../src/audit/model/same-state.js'
import { testFolder } from './helpers.js'
import { hubSchema, writeParquet } from './parquet-helpers.js'

const folder = testFolder()
const ROWS = 30
const bytesOf = (row: number): Uint8Array => Uint8Array.from({ length: 100 + row }, (_, index) => (row * 31 + index) % 256) // prettier-ignore
const cell = (row: number, column = 'image') => ({ kind: 'cell', name: `${row}`, column, row }) as const

function hub(name: string, rowGroupSize: number): string {
  const data = Array.from({ length: ROWS }, (_, row) =>
    row === 7 ? null : { bytes: row === 8 ? null : bytesOf(row), path: `${row}.png` },
  )
  const options = { schema: hubSchema([]), rowGroupSize, pageSize: 300 }
  return writeParquet(join(folder, name), [{ name: 'image', data }], options)
}

describe('openCells', () => {
  it.each([
    ['row groups', 10, undefined],
    ['one row group in parts of some pages', ROWS, 1000],
    ['one row group a row at a time', ROWS, 1],
  ])('gives the bytes of each row, in any order: %s', async (_, rowGroupSize, mostBytes) => {
    const path = hub(`${rowGroupSize}-${mostBytes}.parquet`, rowGroupSize)
    const read = openCells(mostBytes)
    const rows = [...Array(ROWS).keys(), 29, 0, 15, 3]
    const found = await Promise.all(rows.map(async (row) => (await read(path, cell(row))).bytes)) // asked for at once
    expect(found).toEqual(rows.map((row) => (row === 7 || row === 8 ? null : Buffer.from(bytesOf(row)))))
  })

  it('reads a column of plain bytes, an empty one as empty, and a row beyond the last as nothing', async () => {
    const data = [Uint8Array.of(1, 2), new Uint8Array(0)]
    const path = writeParquet(join(folder, 'plain.parquet'), [{ name: 'png', data, type: 'BYTE_ARRAY' }])
    const read = openCells()
    expect((await read(path, cell(0, 'png'))).bytes).toEqual(Buffer.of(1, 2))
    expect((await read(path, cell(1, 'png'))).bytes).toEqual(Buffer.alloc(0))
    expect((await read(path, cell(9, 'png'))).bytes).toBeNull()
  })

  it('tells that the file was changed between its opening and its reading', async () => {
    const path = hub('changed.parquet', 10)
    const read = openCells()
    const first = await read(path, cell(0))
    expect(isSameState(first.before, first.after)).toBe(true)
    utimesSync(path, new Date(0), new Date(0))
    const later = await read(path, cell(20)) // another row group
    expect(isSameState(later.before, later.after)).toBe(false)
    expect(later.after.mtimeNs).toBe(statSync(path, { bigint: true }).mtimeNs)
  })
})
