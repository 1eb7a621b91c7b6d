import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blockRows, rowsOfShard } from '../../../src/audit/embedding/shard-rows.js'

const sizes = fc.record({ rows: fc.integer({ min: 0, max: 6_000 }), of: fc.integer({ min: 1, max: 90 }) })

function shardsOf(rows: number, of: number): number[][] {
  return Array.from({ length: of }, (_, index) => rowsOfShard(rows, { number: index + 1, of }))
}

describe('the rows of a shard', () => {
  it('are dealt out in blocks of 256, like cards', () => {
    const [first, second] = shardsOf(10_000, 2)
    expect([first[0], first[255], first[256], second[0]]).toEqual([0, 255, 512, 256])
  })

  it('are dealt out in smaller blocks where a shard would get fewer than eight', () => {
    expect([blockRows(10_000, 4), blockRows(1_000, 4), blockRows(3, 4)]).toEqual([256, 31, 1])
  })

  it('are all rows where there is one shard', () => {
    expect(rowsOfShard(5, { number: 1, of: 1 })).toEqual([0, 1, 2, 3, 4])
  })

  it('are none where there are more shards than rows, but for the first of them', () => {
    expect(shardsOf(2, 4)).toEqual([[0], [1], [], []])
  })

  it('make up the dataset: every row is in exactly one shard', () => {
    fc.assert(
      fc.property(sizes, ({ rows, of }) => {
        const all = shardsOf(rows, of).flat().sort((a, b) => a - b) // prettier-ignore
        expect(all).toEqual(Array.from({ length: rows }, (_, row) => row))
      }),
    )
  })

  it('are ascending, and as many as those of any other shard but for one block', () => {
    fc.assert(
      fc.property(sizes, ({ rows, of }) => {
        const shards = shardsOf(rows, of)
        const counts = shards.map(({ length }) => length)
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(blockRows(rows, of))
        for (const shard of shards) expect(shard).toEqual(shard.toSorted((a, b) => a - b))
      }),
    )
  })

  it.each([
    [10, { number: 0, of: 4 }],
    [10, { number: 5, of: 4 }],
    [10, { number: 1.5, of: 4 }],
    [10, { number: 1, of: 0 }],
    [-1, { number: 1, of: 1 }],
  ])('are not asked of %d rows and %o', (rows, shard) => {
    expect(() => rowsOfShard(rows, shard)).toThrow(RangeError)
  })
})
