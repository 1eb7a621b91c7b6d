import { describe, expect, it } from 'vitest'
import type { QueueAddress } from '../../src/audit/types/queue.js'
import { refuseOpenPace } from '../../src/audit/refuse-open-pace.js'
import { runEmbed } from '../../src/audit/run-embed.js'
import { runQueuedEmbed } from '../../src/audit/run-queued-embed.js'
import { runWorker } from '../../src/audit/run-worker.js'
import { libraryTools } from '../../src/library/library-tools.js'
import type { EmbeddingPlan } from '../../src/audit/types/definitions.js'

const OPEN = libraryTools({ threads: 'auto', batch: 'auto' })
const UNREAD = {} as EmbeddingPlan // refused before anything is read
const NOWHERE = {} as QueueAddress

describe('threads and batch that are left open where several processes embed one dataset', () => {
  it.each([
    ['a shard', () => runEmbed(UNREAD, OPEN, { shard: { number: 1, of: 2 } })],
    ['a queue', () => runQueuedEmbed(UNREAD, { address: NOWHERE, name: 'q', shardSize: 1 }, OPEN)],
    ['a worker', () => runWorker({ address: NOWHERE, queue: 'q', name: 'w', untilEmpty: true, silentMs: 1000 }, OPEN)],
  ])('are refused with %s, before anything is read or asked', async (_, begin) => {
    await expect(begin()).rejects.toMatchObject({ name: 'DefinitionError', code: 'embed.pace' })
  })

  it('are refused each by its flag, with what to do', () => {
    expect(() => refuseOpenPace({ threads: 'auto', batch: 'auto' })).toThrow(
      '--threads: expected a number, with shards and queues but received auto. Each process would take its own, and last bits of vectors would differ between shards. Ask probity plan --threads auto on one machine, and name what it takes on all',
    )
    expect(() => refuseOpenPace({ threads: 2, batch: 'auto' })).toThrow('command line: --batch: expected a number')
  })

  it('are no matter where numbers are named, or none', () => {
    expect(() => refuseOpenPace({ threads: 2, batch: 8 })).not.toThrow()
    expect(() => refuseOpenPace({})).not.toThrow()
  })
})
