import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeUnitVector } from '../../../src/audit/embedding/unit-vector.js'
import { toUnitVectors, unitRoom } from '../../../src/audit/embedding/unit-vectors.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { kernelCode } from '../../support/kernels.js'

const EMBEDDING = join(import.meta.dirname, '../../../src/audit/embedding')

describe('vectors divided by their length, many at a time', () => {
  it('is what unit-kernel.wat says (npm run kernel writes it again)', async () => {
    const { expected, written } = await kernelCode({ folder: EMBEDDING, name: 'unit-kernel', constant: 'UNIT_KERNEL' })
    expect(written).toBe(expected)
  })

  it.each([
    { rows: 1, dim: 1 },
    { rows: 3, dim: 2 },
    { rows: 4, dim: 7 },
    { rows: 5, dim: 64 },
    { rows: 130, dim: 513 },
    { rows: 600, dim: 512 },
    { rows: 6, dim: 70_001 },
  ])('are those of the plain loop to the last bit: $rows of $dim numbers', ({ rows, dim }) => {
    const random = createRandom(7, `${rows} x ${dim}`)
    const vectors = Float32Array.from(
      { length: rows * dim },
      () => (random.uniform() - 0.5) * 10 ** (random.below(9) - 4),
    )
    const expected = new Float32Array(rows * dim)
    for (let at = 0; at < vectors.length; at += dim) writeUnitVector(expected, at, vectors.subarray(at, at + dim))
    toUnitVectors(vectors, dim)
    expect(Buffer.from(vectors.buffer).equals(Buffer.from(expected.buffer))).toBe(true)
  })

  it.each([
    { rows: 5, dim: 7, part: 3 },
    { rows: 9, dim: 64, part: 9 },
  ])('are the same in a room of their own, in a part of it too: $part of $rows rows', ({ rows, dim, part }) => {
    const random = createRandom(8, `${rows} x ${dim}`)
    const room = unitRoom(rows, dim)
    expect(room).toHaveLength(rows * dim)
    const vectors = room.subarray(0, part * dim)
    for (let round = 0; round < 2; round++) {
      const drawn = Float32Array.from({ length: part * dim }, () => random.uniform() - 0.5)
      const expected = drawn.slice()
      toUnitVectors(expected, dim)
      vectors.set(drawn)
      toUnitVectors(vectors, dim)
      expect([...vectors]).toEqual([...expected])
    }
  })

  it('takes none at all', () => {
    expect(() => toUnitVectors(new Float32Array(0), 512)).not.toThrow()
  })
})
