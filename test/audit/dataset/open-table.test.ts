import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parquetWriteFile } from 'hyparquet-writer'
import { describe, expect, it } from 'vitest'
import { openTable } from '../../../src/audit/dataset/open-table.js'
import { allRows, refusal, testFolder, write } from './helpers.js'
import { classLabel, hubFeatures } from './parquet-helpers.js'

const folder = testFolder()

async function cells(file: string): Promise<(readonly string[])[]> {
  return (await allRows(await openTable(file))).map((row) => row.cells)
}
const refused = async (file: string): Promise<string> =>
  (await refusal(cells(file))).message.replaceAll(`${folder}/`, '')

function parquet(name: string, columnData: Parameters<typeof parquetWriteFile>[0]['columnData'], parts = {}): string {
  const filename = join(folder, name)
  parquetWriteFile({ filename, columnData, ...parts })
  return filename
}

describe('openTable', () => {
  const ROWS = [
    ['a.jpg', '3'],
    ['b,"c".jpg', ''],
  ]

  it('reads the same rows from CSV, JSON lines and Parquet', async () => {
    const csv = write(folder, 'image,n\na.jpg,3\n"b,""c"".jpg",\n', 'same.csv')
    const jsonl = write(folder, '{"image":"a.jpg","n":3}\n{"image":"b,\\"c\\".jpg","n":null}\n', 'same.jsonl')
    const file = parquet('same.parquet', [
      { name: 'image', data: ['a.jpg', 'b,"c".jpg'], type: 'STRING' },
      { name: 'n', data: [3, null], type: 'INT32', nullable: true },
    ])
    expect(await Promise.all([csv, jsonl, file].map(cells))).toEqual([ROWS, ROWS, ROWS])
  })

  it('reads 64-bit integers, booleans and floats of Parquet, and counts rows over row groups', async () => {
    const file = parquet(
      'kinds.parquet',
      [
        { name: 'id', data: [9007199254740993n, 2n, 3n], type: 'INT64' },
        { name: 'yes', data: [true, false, true], type: 'BOOLEAN' },
        { name: 'x', data: [0.1, -1e-7, 2], type: 'DOUBLE' },
      ],
      { rowGroupSize: 2 },
    )
    const rows = await allRows(await openTable(file))
    expect(rows.map(({ line, cells: found }) => [line, ...found])).toEqual([
      [1, '9007199254740993', 'true', '0.1'],
      [2, '2', 'false', '-1e-7'],
      [3, '3', 'true', '2'],
    ])
  })

  it('reads integers by the names that the footer has for them, and refuses one that has none', async () => {
    const kvMetadata = hubFeatures({ label: classLabel('thief', 'man') })
    const named = (data: number[]): string => parquet('named.parquet', [{ name: 'label', data, type: 'INT32' }], { kvMetadata }) // prettier-ignore
    expect(await cells(named([1, 0, -1]))).toEqual([['man'], ['thief'], ['']])
    expect(await refused(named([0, 7]))).toContain('named.parquet:2: "label": expected an integer from 0 to 1')
  })

  it('reads fields of a struct by dotted columns', async () => {
    const file = parquet('struct.parquet', [{ name: 'label', data: [{ race: 'White' }, { race: 'Black' }] }], {
      schema: [
        { name: 'root', num_children: 1 },
        { name: 'label', num_children: 1, repetition_type: 'OPTIONAL' },
        { name: 'race', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
      ],
    })
    expect((await openTable(file)).header).toEqual(['label.race'])
    expect(await cells(file)).toEqual([['White'], ['Black']])
  })

  it('refuses a file that is something else than its name says, with the ending that it needs', async () => {
    const file = parquet('p.csv', [{ name: 'a', data: ['x'], type: 'STRING' }])
    expect(await refused(file)).toBe(
      'p.csv: expected a table of comma-separated values, by the ending of its name but received a Parquet file. Give the file the ending .parquet',
    )
    expect(await refused(write(folder, '{"a":1}\n', 'j.csv'))).toContain('Give the file the ending .jsonl')
    expect(await refused(write(folder, 'a,b\n1,2\n', 'c.parquet'))).toContain('expected a whole Parquet file')
    expect(await refused(write(folder, '[{"a":1}]', 'array.json'))).toContain('must be written as one object per line')
  })

  it('refuses lists and bytes in a column that is asked for, with the row', async () => {
    const file = parquet('bytes.parquet', [{ name: 'a', data: [Uint8Array.of(1, 2)], type: 'BYTE_ARRAY' }])
    expect(await refused(file)).toContain(
      'bytes.parquet:1: "a": expected a text, a number or a boolean but received bytes',
    )
  })

  it('refuses a folder, and a table without rows', async () => {
    mkdirSync(join(folder, 'd.parquet'))
    expect(await refused(join(folder, 'd.parquet'))).toContain('a folder or a device')
    const file = parquet('empty.parquet', [{ name: 'a', data: [], type: 'STRING' }])
    expect(await refused(file)).toContain('0 rows')
  })
})
