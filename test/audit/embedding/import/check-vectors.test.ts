import { describe, expect, it } from 'vitest'
import { checkVectors } from '../../../../src/audit/embedding/import/check-vectors.js'
import { hashVector } from '../../../../src/audit/embedding/import/hash-vector.js'
import { importedEmbeddings } from '../../../../src/audit/embedding/import/imported-embeddings.js'
import type { VectorRows } from '../../../../src/audit/embedding/import/vector-rows.js'
import { refusal } from '../../dataset/helpers.js'

/** Vectors in memory that record what was asked for. */
function rowsOf(vectors: readonly (readonly number[])[], reads: string[] = []): VectorRows {
  return {
    rows: vectors.length,
    dim: vectors[0]?.length ?? 0,
    dtype: 'float32',
    read: (start, end) => {
      reads.push(`${start}-${end}`)
      return Promise.resolve(Float32Array.from(vectors.slice(start, end).flat()))
    },
    close: () => Promise.resolve(),
  }
}

const check = (vectors: readonly (readonly number[])[], parts: Partial<Parameters<typeof checkVectors>[0]> = {}) =>
  checkVectors({
    vectors: rowsOf(vectors),
    rowOf: Int32Array.from(vectors.keys()),
    nameOf: (row) => `${row}.jpg`,
    normalised: null,
    dtype: 'float32',
    at: 'embeddings.yaml',
    ...parts,
  })

describe('checkVectors', () => {
  it('quarantines vectors without a direction, and measures the others', async () => {
    const { quarantined, lengths, identical } = await check([
      [3, 4],
      [NaN, 0],
      [0, 0],
      [0, Infinity],
      [1, 0],
      [1, 0],
      [3e38, 3e38],
    ])
    expect([...quarantined].map(([row, { code }]) => [row, code])).toEqual([
      [1, 'embed.nonfinite'],
      [2, 'embed.zero'],
      [3, 'embed.nonfinite'],
    ])
    expect([lengths?.shortest, Math.round((lengths?.longest ?? 0) / 1e36), identical]).toEqual([1, 424, 2])
  })

  it('looks only at vectors that are used', async () => {
    const { quarantined, lengths } = await check(
      [
        [3, 4],
        [NaN, 0],
        [0, 2],
      ],
      { rowOf: Int32Array.of(7, -1, 9) },
    )
    expect([quarantined.size, lengths]).toEqual([0, { shortest: 2, longest: 5 }])
  })

  it('allows halves a length that is off in the third digit, and floats in the fourth', async () => {
    const vectors = [
      [1, 0],
      [0, 1.005],
    ]
    await expect(check(vectors, { normalised: true, dtype: 'float16' })).resolves.toBeDefined()
    const { code, message } = await refusal(check(vectors, { normalised: true }))
    expect([code, message]).toEqual([
      'vectors.norm',
      'embeddings.yaml: normalised: expected vectors of length 1, because normalised: true is stated but received 1 of 2 that are not, the worst of length 1.005 for "1.jpg". Write normalised: false, or find out which vectors these are',
    ])
    await expect(check(vectors, { normalised: false })).resolves.toBeDefined()
  })

  it('refuses one vector for all images', async () => {
    const { code, message } = await refusal(
      check([
        [1, 2],
        [1, 2],
        [NaN, 0],
      ]),
    )
    expect([code, message]).toEqual([
      'vectors.all-same',
      'embeddings.yaml: expected different vectors for different images but received the same for all 2 images. The export is broken: make the vectors again, and look at two of them',
    ])
  })
})

describe('hashVector', () => {
  it('tells apart vectors that differ in one bit, in order, or in sign, and gives equal ones the same', () => {
    const vectors = [
      [1, 2, 3, 4],
      [1, 2, 4, 3],
      [2, 1, 3, 4],
      [1, 2, 3, 4 + 2 ** -21],
      [1, 2, 3, -4],
      [0, 0, 0, 0],
      [0, 0, 0, -0],
    ]
    const whole = Float32Array.from([...vectors, vectors[0]].flat())
    const hashes = [...vectors, vectors[0]].map((_, row) => hashVector(whole, row * 4, 4))
    expect(new Set(hashes).size).toBe(vectors.length)
    expect(hashes.at(-1)).toBe(hashes[0])
  })
})

describe('importedEmbeddings', () => {
  const vectors = Array.from({ length: 40 }, (_, row) => [3 * (row + 1), 4 * (row + 1)])

  it('gives rows in the order of the dataset, raw and divided by their length', async () => {
    const { read, readRaw } = importedEmbeddings(rowsOf(vectors), Int32Array.of(0, 1, 3), Int32Array.of(39, 5, -1, 0))
    expect([...(await readRaw(0, 3))]).toEqual([120, 160, 18, 24, 3, 4])
    expect([...(await read(1, 3))]).toEqual([0.6, 0.8, 0.6, 0.8].map(Math.fround))
  })

  it('reads together what lies together, and a part of a file in one piece', async () => {
    const reads: string[] = []
    const rows = Int32Array.from({ length: 40 }, (_, row) => row)
    const straight = importedEmbeddings(rowsOf(vectors, reads), rows, rows)
    await straight.read(10, 20)
    const turned = importedEmbeddings(rowsOf(vectors, reads), rows, rows.toReversed())
    expect([...(await turned.readRaw(0, 2))]).toEqual([120, 160, 117, 156])
    await importedEmbeddings(rowsOf(vectors, reads), Int32Array.of(0, 1), Int32Array.of(30, 2)).read(0, 2)
    expect(reads).toEqual(['10-20', '38-40', '2-3', '30-31'])
  })

  it('leaves a vector of length 1 as it is, to the last bit', async () => {
    const third = Math.fround(1 / Math.sqrt(3))
    const { read } = importedEmbeddings(rowsOf([[third, third, third]]), Int32Array.of(0), Int32Array.of(0))
    expect([...(await read(0, 1))]).toEqual([third, third, third])
  })
})
