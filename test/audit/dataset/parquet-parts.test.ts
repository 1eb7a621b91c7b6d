import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openParquet } from '../../../src/audit/dataset/open-parquet.js'
import { parquetParts } from '../../../src/audit/dataset/parquet-parts.js'
import { testFolder } from './helpers.js'
import { INTEGER, TEXT, writeParquet } from './parquet-helpers.js'

const folder = testFolder()
const ROWS = 25_000
const names = Array.from({ length: ROWS }, (_, row) => `${row}.jpg`)
const races = Array.from({ length: ROWS }, (_, row) => (row % 5 === 4 ? null : BigInt(row % 3)))
const path = writeParquet(
  join(folder, 'rows.parquet'),
  [
    { name: 'file', data: names },
    { name: 'race', data: races },
  ],
  { schema: [{ name: 'root', num_children: 2 }, TEXT('file'), INTEGER('race')], rowGroupSize: 10_000 },
)

describe('parquetParts', () => {
  it('decodes every row group once, however many rows it has', async () => {
    const file = await openParquet(path)
    const asked: (readonly [number, number])[] = []
    const counted: typeof file = {
      ...file,
      readColumns: (columns, start, end) => {
        asked.push([start, end])
        return file.readColumns(columns, start, end)
      },
    }
    const found: unknown[][] = [[], []]
    for await (const { rows, columns } of parquetParts(counted, ['race', 'file']))
      columns.forEach((values, column) => {
        for (let row = 0; row < rows; row++) found[column].push(values[row] ?? null)
      })
    expect(asked).toEqual([[0, 10_000], [10_000, 20_000], [20_000, 25_000]]) // prettier-ignore
    expect(found).toEqual([races, names])
  })

  it('reads a column in pieces that begin and end inside row groups and pages as it does rows', async () => {
    const file = await openParquet(path)
    const [read] = await file.readColumns(['file'], 9_990, 10_005)
    expect([...Array.from(read)]).toEqual((await file.read(['file'], 9_990, 10_005)).map(([name]) => name))
  })
})
