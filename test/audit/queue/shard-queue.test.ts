import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Interrupted } from '../../../src/audit/errors.js'
import { jobIdOf, openShardQueue } from '../../../src/audit/queue/hand-out-shards.js'
import type { ShardFate } from '../../../src/audit/queue/hand-out-shards.js'
import type { QueuedShard, ShardResult } from '../../../src/audit/queue/queued-shard.js'
import { serveShards, ShardRefused } from '../../../src/audit/queue/serve-shards.js'
import type { ServeDesk, ShardDesk } from '../../../src/audit/queue/serve-shards.js'
import type { QueueAddress, QueueNotice } from '../../../src/audit/types/queue.js'
import { startProxy } from '../../support/cut-proxy.js'
import { hasRedis, startRedis } from '../../support/redis-server.js'
import type { RedisServer } from '../../support/redis-server.js'
import { addressOf, notebook, queuedShards, tenRows } from './queued.js'

const describeRedis = describe.skipIf(!hasRedis)

let redis: RedisServer
let address: QueueAddress
beforeAll(async () => {
  if (!hasRedis) return
  redis = await startRedis()
  address = addressOf(redis.port)
})
afterAll(() => redis?.close())

let names = 0
/** A queue of its own for each test. */
const freshName = (): string => `test-${process.pid}-${++names}`

type Served = { readonly ended: Promise<void>; readonly notices: QueueNotice[]; readonly stop: () => void }

function serve(name: string, work: ServeDesk['work'], more: Partial<ServeDesk> = {}, at = address): Served {
  const { notices, onNotice } = notebook()
  const stop = new AbortController()
  const desk = { name, work, worker: 'w', silentMs: 5_000, untilEmpty: false, now: () => performance.now() }
  const ended = serveShards(at, { ...desk, signal: stop.signal, onNotice, ...more })
  ended.catch(() => undefined)
  return { ended, notices, stop: () => stop.abort() }
}

type HandedOut = {
  readonly fates: Promise<ReadonlyMap<number, ShardFate>>
  readonly notices: QueueNotice[]
  readonly told: (readonly [number, number])[]
  readonly stop: () => void
}

function handOut(name: string, jobs: readonly QueuedShard[], at = address): HandedOut {
  const { notices, onNotice } = notebook()
  const stop = new AbortController()
  const told: (readonly [number, number])[] = []
  const run = async (): Promise<ReadonlyMap<number, ShardFate>> => {
    const queue = await openShardQueue(at, { name, signal: stop.signal, onNotice })
    try {
      return await queue.handOut(jobs, {
        onProgress: (number, { done }) => told.push([number, done]),
        onFate: () => undefined,
      })
    } finally {
      await queue.close()
    }
  }
  const fates = run()
  fates.catch(() => undefined)
  return { fates, notices, told, stop: () => stop.abort() }
}

const giveTen = (): Promise<ShardResult> => Promise.resolve(tenRows)

/** Work that ends only when it is told to stop, as embedding does. */
const never = (_: QueuedShard, { signal }: ShardDesk): Promise<ShardResult> =>
  new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(new Interrupted({ embedded: 0, left: 1, isKept: true }))),
  )

describeRedis('shards handed out by a queue (skipped where redis-server is not here)', () => {
  it('are each done once by one of several workers, and their answers come back', async () => {
    const name = freshName()
    const taken: number[] = []
    const work: ServeDesk['work'] = async ({ shard }) => {
      taken.push(shard.number)
      await setTimeout(20)
      return tenRows
    }
    const workers = [serve(name, work), serve(name, work), serve(name, work)]
    const fates = await handOut(name, queuedShards(9)).fates
    workers.forEach(({ stop }) => stop())
    expect(taken.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect([...fates.values()]).toEqual(Array(9).fill({ kind: 'done', result: tenRows }))
  })

  it('tell how far they are while they are under way', async () => {
    const name = freshName()
    const work: ServeDesk['work'] = async (_, { onProgress }) => {
      onProgress({ done: 4, failed: 1 })
      await setTimeout(300)
      return tenRows
    }
    const worker = serve(name, work)
    const { fates, told } = handOut(name, queuedShards(1))
    await fates
    worker.stop()
    expect(told).toEqual([[1, 4]])
  })

  it('added twice by two commands are done once, and both hear of it', async () => {
    const name = freshName()
    const [first, second] = [handOut(name, queuedShards(3)), handOut(name, queuedShards(3))]
    const waiting = async (): Promise<number> => (await jobsOf(name)).length
    while ((await waiting()) < 3) await setTimeout(20)
    let done = 0
    const worker = serve(name, () => {
      done++
      return giveTen()
    })
    const all = await Promise.all([first.fates, second.fates])
    worker.stop()
    expect(done).toBeGreaterThanOrEqual(3)
    expect(done).toBeLessThanOrEqual(6) // the first that is through clears its jobs away, and the second may ask for one of them again
    expect(all.map(({ size }) => size)).toEqual([3, 3])
  })

  it('are tried three times, and then named with the last reason', { timeout: 60_000 }, async () => {
    const name = freshName()
    let tries = 0
    const worker = serve(name, ({ shard }) => {
      if (shard.number === 1) return giveTen()
      tries++
      return Promise.reject(new Error(`the disk is full (${tries})`))
    })
    const fates = await handOut(name, queuedShards(2)).fates
    worker.stop()
    expect(fates.get(1)).toEqual({ kind: 'done', result: tenRows })
    expect(fates.get(2)).toEqual({ kind: 'failed', shard: { number: 2, of: 2 }, attempts: 3, reason: 'the disk is full (3)' }) // prettier-ignore
    expect(tries).toBe(3)
  })

  it('that failed once and are done then are done', { timeout: 60_000 }, async () => {
    const name = freshName()
    let tries = 0
    const worker = serve(name, () => (++tries === 1 ? Promise.reject(new Error('a passing fault')) : giveTen()))
    const fates = await handOut(name, queuedShards(1)).fates
    worker.stop()
    expect([tries, fates.get(1)]).toEqual([2, { kind: 'done', result: tenRows }])
  })

  it('that failed in an earlier run are tried again by the next', { timeout: 60_000 }, async () => {
    const name = freshName()
    await plant(name, queuedShards(1)[0], 'failed')
    const worker = serve(name, giveTen)
    const fates = await handOut(name, queuedShards(1)).fates
    worker.stop()
    expect(fates.get(1)).toEqual({ kind: 'done', result: tenRows })
  })

  it('that end three workers end no fourth, and are named', { timeout: 60_000 }, async () => {
    const name = freshName()
    const { fates } = handOut(name, queuedShards(1))
    for (let killed = 0; killed < 3; killed++) await diesAtWork(name)
    let tries = 0
    const worker = serve(name, () => Promise.resolve(++tries).then(giveTen), { silentMs: 500 })
    const fate = (await fates).get(1)
    worker.stop()
    expect(fate).toMatchObject({ kind: 'failed', reason: 'three workers ended, or went silent, while they had it' })
    expect(tries).toBe(0)
  })

  it('go to another worker when one dies, and count once', { timeout: 60_000 }, async () => {
    const name = freshName()
    const { fates } = handOut(name, queuedShards(1))
    await diesAtWork(name)
    const worker = serve(name, giveTen, { silentMs: 500 })
    expect((await fates).get(1)).toEqual({ kind: 'done', result: tenRows })
    worker.stop()
  })

  it('are given back by a worker that is stopped, at once, and as if never tried', async () => {
    const name = freshName()
    const { fates } = handOut(name, queuedShards(1))
    const first = serve(name, never)
    await toldOf(first, 'began')
    first.stop()
    await expect(first.ended).rejects.toThrow(/abort/i)
    const [job] = await jobsOf(name)
    expect([job.state, job.attemptsMade]).toEqual(['waiting', 0])
    const second = serve(name, giveTen)
    expect((await fates).get(1)).toEqual({ kind: 'done', result: tenRows })
    second.stop()
  })

  it('are given back by a worker that refuses them; it ends and says why, and whoever waits hears of it', async () => {
    const name = freshName()
    const { fates, notices } = handOut(name, queuedShards(1))
    await setTimeout(500) // events are heard from when one listens
    const refused = serve(name, () => Promise.reject(new ShardRefused(new Error('other labels'))), { worker: 'host:7' })
    await expect(refused.ended).rejects.toThrow('other labels')
    const worker = serve(name, giveTen)
    expect((await fates).get(1)).toEqual({ kind: 'done', result: tenRows })
    worker.stop()
    expect(notices).toContainEqual({ kind: 'refused', worker: 'host:7', reason: 'other labels' })
  })

  it('are taken back when the command that hands them out is stopped, but for those under way', async () => {
    const name = freshName()
    const worker = serve(name, never)
    const { fates, stop } = handOut(name, queuedShards(4))
    await toldOf(worker, 'began')
    stop()
    await expect(fates).rejects.toThrow(/abort/i)
    expect((await jobsOf(name)).map(({ state }) => state)).toEqual(['active'])
    worker.stop()
    await worker.ended.catch(() => undefined)
  })

  it('leave nothing in the server when they are done', async () => {
    const name = freshName()
    const worker = serve(name, giveTen)
    await handOut(name, queuedShards(2)).fates
    worker.stop()
    expect(await jobsOf(name)).toEqual([])
  })
})

describeRedis('a worker (skipped where redis-server is not here)', () => {
  it('that is to end when the queue is empty waits for the shards that others have', { timeout: 30_000 }, async () => {
    const name = freshName()
    const { fates } = handOut(name, queuedShards(2))
    const slow = serve(name, async () => {
      await setTimeout(1_500)
      return tenRows
    })
    await toldOf(slow, 'began')
    const ends = serve(name, giveTen, { untilEmpty: true })
    await ends.ended
    expect((await fates).size).toBe(2)
    slow.stop()
  })

  it('fails what is no shard, and gives back what is of another version', async () => {
    const name = freshName()
    await plant(name, { rm: '-rf /' }, 'waiting')
    const worker = serve(name, giveTen)
    while ((await jobsOf(name))[0].state !== 'failed') await setTimeout(50)
    await plant(name, { ...queuedShards(1)[0], format: 'probity/shard@9' }, 'waiting')
    await expect(worker.ended).rejects.toThrow('"probity/shard@9", of another version of Probity')
    expect((await jobsOf(name)).map(({ state }) => state).sort()).toEqual(['failed', 'waiting'])
  })

  it('stops work on a shard that another worker has by now', { timeout: 60_000 }, async () => {
    const proxy = await startProxy(redis.port)
    const name = freshName()
    const { fates } = handOut(name, queuedShards(1))
    const cutOff = serve(name, never, { silentMs: 500 }, addressOf(proxy.port))
    await toldOf(cutOff, 'began')
    await proxy.cut()
    const other = serve(name, giveTen, { silentMs: 500 })
    expect((await fates).get(1)).toEqual({ kind: 'done', result: tenRows })
    await proxy.mend()
    await toldOf(cutOff, 'taken')
    ;[cutOff, other].forEach(({ stop }) => stop())
    await cutOff.ended.catch(() => undefined)
    await proxy.close()
  })
})

describeRedis('a server that goes away (skipped where redis-server is not here)', () => {
  it('is waited for by both sides, which say so once, and go on', { timeout: 60_000 }, async () => {
    const proxy = await startProxy(redis.port)
    const name = freshName()
    const through = addressOf(proxy.port)
    const work: ServeDesk['work'] = async () => {
      await setTimeout(1_000)
      return tenRows
    }
    const worker = serve(name, work, {}, through)
    const { fates, notices } = handOut(name, queuedShards(4), through)
    await toldOf(worker, 'done')
    await proxy.cut()
    await setTimeout(1_500)
    await proxy.mend()
    expect([...(await fates).values()].map(({ kind }) => kind)).toEqual(['done', 'done', 'done', 'done'])
    worker.stop()
    for (const told of [notices, worker.notices]) {
      expect(told.filter(({ kind }) => kind === 'lost' || kind === 'back').map(({ kind }) => kind)).toEqual(['lost', 'back']) // prettier-ignore
    }
    await proxy.close()
  })

  it('and forgets everything is told everything again', { timeout: 60_000 }, async () => {
    const forgetful = await startRedis()
    const name = freshName()
    const at = addressOf(forgetful.port)
    const { fates, notices } = handOut(name, queuedShards(2), at)
    while ((await jobsOf(name, forgetful.port)).length < 2) await setTimeout(50)
    await forgetful.kill()
    await forgetful.start()
    const worker = serve(name, giveTen, {}, at)
    expect((await fates).size).toBe(2)
    worker.stop()
    await worker.ended.catch(() => undefined)
    expect(notices).toContainEqual({ kind: 'forgotten', shards: 2 })
    await forgetful.close()
  })

  it('and comes back with what it wrote goes on where it was', { timeout: 60_000 }, async () => {
    const lasting = await startRedis('--appendonly', 'yes', '--appendfsync', 'always')
    const name = freshName()
    const at = addressOf(lasting.port)
    const { fates, notices } = handOut(name, queuedShards(2), at)
    while ((await jobsOf(name, lasting.port)).length < 2) await setTimeout(50)
    await lasting.kill()
    await lasting.start()
    const worker = serve(name, giveTen, {}, at)
    expect((await fates).size).toBe(2)
    worker.stop()
    await worker.ended.catch(() => undefined)
    expect(notices.map(({ kind }) => kind)).toEqual(['lost', 'back'])
    await lasting.close()
  })
})

async function toldOf({ notices }: Served, kind: QueueNotice['kind']): Promise<void> {
  while (!notices.some((notice) => notice.kind === kind)) await setTimeout(20)
}

/** A process that takes a shard and is killed at once, as the system does where memory is short. */
async function diesAtWork(name: string): Promise<void> {
  const child = spawn(process.execPath, [`${import.meta.dirname}/die-at-work.mjs`, String(address.port), name])
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
}

type Seen = { readonly id: string | undefined; readonly state: string; readonly attemptsMade: number }

/** What lies in a queue, seen by a client of its own. */
async function jobsOf(name: string, port = address.port): Promise<Seen[]> {
  return withQueue(name, port, async (queue) => {
    const jobs = await queue.getJobs(['waiting', 'active', 'delayed', 'completed', 'failed'])
    return Promise.all(
      jobs.map(async (job) => ({ id: job.id, state: await job.getState(), attemptsMade: job.attemptsMade })),
    )
  })
}

async function plant(name: string, data: unknown, state: 'waiting' | 'failed'): Promise<void> {
  await withQueue(name, address.port, async (queue) => {
    const jobId = state === 'failed' ? { jobId: jobIdOf(data as QueuedShard) } : {} // as an earlier run would have named it
    await queue.add('shard', data, { ...jobId, attempts: 1 })
  })
  if (state === 'waiting') return
  const failing = serve(name, () => Promise.reject(new Error('once')))
  while ((await jobsOf(name))[0].state !== 'failed') await setTimeout(50)
  failing.stop()
  await failing.ended.catch(() => undefined)
}

async function withQueue<Result>(name: string, port: number, work: (queue: Queue) => Promise<Result>): Promise<Result> {
  const connection = new Redis({ port, maxRetriesPerRequest: null })
  connection.on('error', () => undefined)
  const queue = new Queue(name, { connection, skipVersionCheck: true })
  try {
    return await work(queue)
  } finally {
    await queue.close()
    connection.disconnect()
  }
}
