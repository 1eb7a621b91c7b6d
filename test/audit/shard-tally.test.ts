import { describe, expect, it } from 'vitest'
import type { EmbedProgress } from '../../src/audit/embedding/embed-images.js'
import { ShardTally } from '../../src/audit/shard-tally.js'
import type { Dataset } from '../../src/audit/types/dataset.js'

/** Ten rows in two shards of five (the odd ones and the even ones); row 0 is excluded, row 1 quarantined, row 2 stored already. */
function tally(): { readonly tally: ShardTally; readonly last: () => EmbedProgress | undefined } {
  const told: EmbedProgress[] = []
  const dataset = {
    images: Array.from({ length: 10 }, (_, row) => `${row}.png`),
    excluded: new Map([[0, 'race']]),
    quarantined: new Map([[1, { code: 'file.missing', reason: '' }]]),
  } as unknown as Dataset // nothing else of it is looked at
  const missing = [3, 4, 5, 6, 7, 8, 9]
  const made = new ShardTally({ dataset, of: 2, missing, found: 1 }, (progress) => told.push(progress))
  return { tally: made, last: () => told.at(-1) }
}

describe('the tally of shards', () => {
  it('counts what was in the store from the start, and leaves out rows that are not to be embedded', () => {
    const { tally: made, last } = tally()
    made.report()
    expect(last()).toEqual({ done: 1, total: 8, failed: 0, found: 1 })
  })

  it('counts no row twice when another worker begins a shard again', () => {
    const { tally: made, last } = tally()
    made.note(2, 3, 1)
    made.note(2, 1, 0) // the next worker, which begins again
    expect(last()).toMatchObject({ done: 4, failed: 1 })
    made.note(2, 99, 1)
    expect(last()).toMatchObject({ done: 5, total: 8 })
  })

  it('counts a shard that is done as a whole, and one that failed as far as it came', () => {
    const { tally: made, last } = tally()
    const result = { rows: 4, found: 0, embedded: 3, quarantined: [{ row: 3, code: 'image.format', reason: '' }] }
    made.settle(2, { kind: 'done', result })
    made.settle(1, { kind: 'failed', shard: { number: 1, of: 2 }, attempts: 3, reason: 'no' })
    expect(last()).toMatchObject({ done: 5, failed: 1 })
    expect(made.counts()).toEqual({ embedded: 3, left: 3 })
  })

  it('hands out shards with a row that has no vector, and no others', () => {
    const dataset = { images: ['a', 'b'], excluded: new Map(), quarantined: new Map() } as unknown as Dataset
    const made = new ShardTally({ dataset, of: 2, missing: [1], found: 1 }, () => undefined)
    expect(made.open()).toEqual([2])
    expect([made.shardOf(1), made.shardOf(7)]).toEqual([2, null])
  })
})
