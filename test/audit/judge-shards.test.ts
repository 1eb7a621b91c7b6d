import { describe, expect, it } from 'vitest'
import { judgeShards } from '../../src/audit/judge-shards.js'
import { memorySpace } from '../../src/audit/store/memory-space.js'
import type { VectorSpace } from '../../src/audit/store/vector-space.js'
import type { ShardRecord } from '../../src/audit/types/shard.js'

const ROWS = 4
const SPACE = 's'.repeat(64)
const key = (image: number): string => String(image).padStart(64, '0')

async function spaceWith(images: readonly number[]): Promise<VectorSpace> {
  const space = memorySpace({}, 2)
  await space.append(images.map((image) => ({ key: key(image), note: 0, vector: Float32Array.of(1, 2) })))
  return space
}

/** A shard that embedded `images` and quarantined `faults`; null: it was begun and has not ended. */
function record(
  shard: ShardRecord['shard'],
  outcome: { images: readonly number[]; faults?: readonly string[]; batch?: number } | null,
): ShardRecord {
  const work = {
    dataset: { id: 'drawn', sha256: 'd'.repeat(64), rows: ROWS },
    space: SPACE,
    model: 'drawn',
    commandLine: 'probity embed',
    shard,
  }
  if (outcome === null) return { ...work, done: null }
  const { images, faults = [], batch = 32 } = outcome
  const [embedded, quarantined] = [images.length, faults.length]
  return {
    ...work,
    done: {
      rows: { in: embedded + quarantined, excluded: 0, found: 0, embedded, quarantined },
      keys: images.map(key),
      quarantined: faults.map((code, row) => [row, code] as const),
      embeddedWith: [{ batch }],
    },
  }
}

async function judge(records: readonly ShardRecord[], stored: readonly number[] | null) {
  const space = stored === null ? null : await spaceWith(stored)
  return judgeShards(records, () => Promise.resolve(space))
}

describe('the shards of a dataset', () => {
  it('are complete where each is done, every vector is stored, and every row is accounted for', async () => {
    const records = [
      record({ number: 1, of: 2 }, { images: [1, 2] }),
      record({ number: 2, of: 2 }, { images: [3], faults: ['image.corrupt'] }),
    ]
    const [merged] = await judge(records, [1, 2, 3])
    expect(merged).toMatchObject({
      isComplete: true,
      shards: { done: [1, 2], begun: [], missing: [], lost: [] },
      rows: { in: 4, processed: 3, quarantined: 1, excluded: 0 },
      quarantined: [['image.corrupt', 1]],
    })
  })

  it('each stand in one list: done, begun, missing or lost', async () => {
    const records = [
      record({ number: 1, of: 4 }, { images: [1] }),
      record({ number: 2, of: 4 }, null),
      record({ number: 4, of: 4 }, { images: [2] }),
    ]
    const [merged] = await judge(records, [1])
    expect(merged.shards).toEqual({ done: [1], begun: [2], missing: [3], lost: [4] })
    expect([merged.isComplete, merged.rows.in]).toEqual([false, 1])
  })

  it('are lost where one vector of several is not stored', async () => {
    const [merged] = await judge([record({ number: 1, of: 1 }, { images: [1, 2, 3, 4] })], [1, 2, 4])
    expect([merged.shards.lost, merged.rows.in, merged.isComplete]).toEqual([[1], 0, false])
  })

  it('are all lost where there is no space', async () => {
    const [merged] = await judge([record({ number: 1, of: 1 }, { images: [1, 2, 3, 4] })], null)
    expect([merged.shards.lost, merged.isComplete]).toEqual([[1], false])
  })

  it('are not complete where a row is missing, although each shard says that it is done', async () => {
    const records = [record({ number: 1, of: 2 }, { images: [1, 2] }), record({ number: 2, of: 2 }, { images: [3] })]
    const [merged] = await judge(records, [1, 2, 3])
    expect([merged.shards.done, merged.isComplete]).toEqual([[1, 2], false])
  })

  it('of two divisions are those of the complete one, whichever was begun first', async () => {
    const whole = record({ number: 1, of: 1 }, { images: [1, 2, 3, 4] })
    const half = record({ number: 1, of: 2 }, { images: [1, 2] })
    for (const records of [
      [whole, half],
      [half, whole],
    ]) {
      const merged = await judge(records, [1, 2, 3, 4])
      expect(merged.map(({ of, isComplete }) => [of, isComplete])).toEqual([[1, true]])
    }
  })

  it('of two divisions are those of the nearer one while none is complete', async () => {
    const records = [
      record({ number: 1, of: 4 }, { images: [1] }),
      record({ number: 1, of: 2 }, { images: [1, 2] }),
      record({ number: 2, of: 2 }, null),
    ]
    expect((await judge(records, [1, 2])).map(({ of }) => of)).toEqual([2])
  })

  it('made with other settings are told with each of them once', async () => {
    const records = [
      record({ number: 1, of: 3 }, { images: [1], batch: 8 }),
      record({ number: 2, of: 3 }, { images: [2], batch: 32 }),
      record({ number: 3, of: 3 }, { images: [3], batch: 8 }),
    ]
    const [merged] = await judge(records, [1, 2, 3])
    expect(merged.embeddedWith).toEqual([{ batch: 8 }, { batch: 32 }])
  })
})
