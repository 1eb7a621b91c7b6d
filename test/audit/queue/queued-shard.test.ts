import { describe, expect, it } from 'vitest'
import { readQueuedShard, readShardProgress, readShardResult, runIdOf } from '../../../src/audit/queue/queued-shard.js'
import { queuedShards, tenRows } from './queued.js'

const [shard] = queuedShards(3)
const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('a shard that comes out of a queue', () => {
  it('is read as it was sent', () => expect(readQueuedShard(sent(shard))).toEqual(shard))

  it('holds a reading of the plan as well', () => {
    const reading = { delimiter: ';', attributes: [{ name: 'race', aliases: [['b', 'Black']] as const }] }
    const asked = { ...shard, plan: { ...shard.plan, dataset: { ...shard.plan.dataset, reading } } }
    expect(readQueuedShard(sent(asked))).toEqual(asked)
  })

  it.each([
    ['nothing', undefined],
    ['a text', 'shard'],
    ['another format', { ...shard, format: 'probity/shard@2' }],
    ['a key that is not known', { ...shard, command: 'rm' }],
    ['a shard that is not there', { ...shard, shard: { number: 4, of: 3 } }],
    ['two models', { ...shard, plan: { ...shard.plan, models: ['a', 'b'] } }],
    ['a hash that is none', { ...shard, expected: { ...shard.expected, encoder: 'abc' } }],
    ['a batch of millions', { ...shard, batch: 5_000_000 }],
  ])('is refused with %s', (_, data) => expect(readQueuedShard(data)).toBeNull())

  it('has an id that every part moves which decides a vector or where it goes', () => {
    const ids = [
      runIdOf(shard, 3),
      runIdOf(shard, 4),
      runIdOf({ ...shard, batch: 8 }, 3),
      runIdOf({ ...shard, store: '/other' }, 3),
      ...(['dataset', 'encoder', 'preprocessing'] as const).map((part) =>
        runIdOf({ ...shard, expected: { ...shard.expected, [part]: 'd'.repeat(64) } }, 3),
      ),
    ]
    expect(new Set(ids).size).toBe(ids.length)
    expect(runIdOf({ ...shard }, 3)).toBe(ids[0])
  })
})

describe('what a worker says', () => {
  it('of a shard that is done is read as it was sent', () => expect(readShardResult(sent(tenRows))).toEqual(tenRows))

  it.each([
    ['a row lost', { ...tenRows, rows: 11 }],
    ['a negative count', { ...tenRows, found: -1, embedded: 10 }],
    ['the name of an image', { ...tenRows, quarantined: [{ ...tenRows.quarantined[0], image: 'a.jpg' }] }],
    ['a code that is none', { ...tenRows, quarantined: [{ row: 1, code: '\u001b[31m', reason: '' }] }],
  ])('is refused with %s', (_, data) => expect(readShardResult(data)).toBeNull())

  it('of its progress is read as it was sent, and nothing else', () => {
    const progress = { kind: 'embedding', done: 3, failed: 0 }
    expect(readShardProgress(progress)).toEqual(progress)
    expect(readShardProgress(3)).toBeNull()
    expect(readShardProgress({ kind: 'embedding', done: 0.5, failed: 0 })).toBeNull()
  })
})
