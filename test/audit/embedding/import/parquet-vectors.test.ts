import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { parquetIds, parquetVectors } from '../../../../src/audit/embedding/import/parquet-vectors.js'
import type { ParquetColumns } from '../../../../src/audit/embedding/import/parquet-vectors.js'
import { openRows } from '../../../../src/audit/embedding/import/vector-rows.js'
import { refusal, testFolder } from '../../dataset/helpers.js'
import { TEXT, writeParquet } from '../../dataset/parquet-helpers.js'

const folder = testFolder()
const ANY: ParquetColumns = { column: null, idColumn: null }
const VECTORS = Array.from({ length: 9 }, (_, row) => [row, row + 0.5, -row])
const IDS = VECTORS.map((_, row) => `${row}.jpg`)

/** A column of lists, as Arrow writes lists and lists of fixed size. */
const LIST = (name: string, type: 'FLOAT' | 'DOUBLE' = 'FLOAT') =>
  [
    { name, repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', type, repetition_type: 'OPTIONAL' },
  ] as const

const withIds = (
  name: string,
  vectors: unknown[],
  ids: unknown[] = IDS.slice(0, vectors.length),
  type?: 'DOUBLE',
): string =>
  writeParquet(
    join(folder, name),
    [
      { name: 'image_path', data: ids },
      { name: 'embedding', data: vectors },
    ],
    { schema: [{ name: 'root', num_children: 2 }, TEXT('image_path'), ...LIST('embedding', type)], rowGroupSize: 4 },
  )

async function read(path: string, columns = ANY) {
  const { block, handle, ids, missing } = await parquetVectors(path, columns)
  const rows = await openRows([block], [handle])
  const numbers = [...(await rows.read(0, rows.rows))]
  const part = [...(await rows.read(5, 7))]
  await rows.close()
  return { ids, missing, numbers, part }
}

describe('vectors of a Parquet file', () => {
  it.each([undefined, 'DOUBLE'] as const)(
    'are read with their ids across row groups, in any part, as float32 (%s)',
    async (type) => {
      const got = await read(withIds(`lists-${type}.parquet`, VECTORS, IDS, type))
      expect(got).toEqual({ ids: IDS, missing: 0, numbers: VECTORS.flat(), part: VECTORS.slice(5, 7).flat() })
    },
  )

  it('leave rows without a vector out, with their ids, and count them', async () => {
    const vectors = [null, ...VECTORS.slice(1, 5), null, ...VECTORS.slice(6)]
    const { ids, missing, numbers } = await read(withIds('nulls.parquet', vectors))
    expect([missing, ids?.length, numbers]).toEqual([2, 7, vectors.flatMap((each) => each ?? [])])
  })

  it('leave no file behind', async () => {
    const { TMPDIR } = process.env
    const own = mkdtempSync(join(folder, 'tmp-'))
    vi.stubEnv('TMPDIR', own)
    const { block, handle } = await parquetVectors(withIds('left.parquet', VECTORS), ANY)
    expect([tmpdir(), readdirSync(own)]).toEqual([own, []])
    await (await openRows([block], [handle])).close()
    vi.unstubAllEnvs()
    expect(process.env['TMPDIR']).toBe(TMPDIR)
  })

  it('may be of one column, and ids of another that is named', async () => {
    const { ids } = await read(withIds('named.parquet', VECTORS), { column: 'embedding', idColumn: 'image_path' })
    expect(ids).toEqual(IDS)
    const found: string[] = []
    for await (const batch of parquetIds(join(folder, 'named.parquet'), null)) found.push(...batch)
    expect(found).toEqual(IDS)
  })

  it.each([
    [
      'uneven',
      () => withIds('uneven.parquet', [...VECTORS.slice(0, 6), [1, 2]]),
      ANY,
      'expected lists of 3 numbers, like the first but received one of 2. All vectors must come from one model',
    ],
    [
      'a hole',
      () => withIds('hole.parquet', [[1, null, 3]]),
      ANY,
      'expected lists of numbers but received null in a list. Write float32 or float64; a number that is not there makes no vector',
    ],
    [
      'no id',
      () =>
        withIds(
          'no-id.parquet',
          VECTORS,
          IDS.map((id, row) => (row === 3 ? null : id)),
        ),
      ANY,
      'expected an id in every row of "image_path" but received nothing. Leave out rows that belong to no image',
    ],
    [
      'another column',
      () => withIds('other.parquet', VECTORS),
      { column: 'vector', idColumn: null },
      'expected a column "vector" with lists of numbers but received "embedding". Say which one under column: in embeddings.yaml',
    ],
    [
      'another id column',
      () => withIds('other-id.parquet', VECTORS),
      { column: null, idColumn: 'id' },
      'expected a column "id" of ids but received "image_path", "embedding". Say which one under idColumn: in embeddings.yaml',
    ],
    [
      'nothing',
      () => withIds('nothing.parquet', [null, null]),
      ANY,
      'expected vectors in the column "embedding" but received none. Write one row for each image',
    ],
  ])('are refused with %s, with one line of cure', async (_name, make, columns, message) => {
    const path = make()
    const { code, message: said } = await refusal(parquetVectors(path, columns))
    expect([code, said]).toEqual(['vectors.parquet', `${path}: ${message}`])
  })
})
