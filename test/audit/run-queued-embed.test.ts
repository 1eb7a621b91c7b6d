import { appendFileSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readPlan } from '../../src/audit/definitions/read-plan.js'
import { readQueueAddress } from '../../src/audit/definitions/read-queue-address.js'
import { Interrupted } from '../../src/audit/errors.js'
import { runEmbed } from '../../src/audit/run-embed.js'
import { runQueuedEmbed } from '../../src/audit/run-queued-embed.js'
import type { QueuedOutcome } from '../../src/audit/run-queued-embed.js'
import { runWorker } from '../../src/audit/run-worker.js'
import type { WorkerOutcome } from '../../src/audit/run-worker.js'
import type { Progress } from '../../src/audit/tools.js'
import type { Plan } from '../../src/audit/types/definitions.js'
import { libraryTools } from '../../src/library/library-tools.js'
import { writeDrawnRun } from '../support/drawn-run.js'
import { hasRedis, startRedis } from '../support/redis-server.js'
import type { RedisServer } from '../support/redis-server.js'

const IMAGES = 30
const SHARD_SIZE = 10
const TIMEOUT = 60_000
const SETTLED_MS = 2_100 // a file that was written a moment ago is read again by whoever asks next

let redis: RedisServer
let folder: string
let plan: Plan
let names = 0
let name: string

beforeAll(async () => {
  if (hasRedis) redis = await startRedis()
})
afterAll(() => redis?.close())

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'run-queued-'))
  name = `run-${process.pid}-${++names}`
  const { model, labels, images } = await writeDrawnRun(folder, IMAGES)
  writeFileSync(join(images, '5.png'), 'no image')
  plan = readPlan({ flags: { model: [model], dataset: 'csv', labels, images, map: ['race=race'], where: ['race=A,C'], labelSet: ['clip-paper'] }, cwd: folder }) // prettier-ignore
})
afterEach(() => rmSync(folder, { recursive: true }))

const settings = { threads: 1, batch: 4 }
const store = (of = 'store') => ({ folder: join(folder, of) })

/** A worker that is stopped when what it serves is over. */
function worker(more: Parameters<typeof libraryTools>[0] = {}): { ended: Promise<WorkerOutcome>; stop: () => void } {
  const stop = new AbortController()
  const address = readQueueAddress(redis.address)
  const ended = runWorker(
    { address, queue: name, name: 'w', untilEmpty: false, silentMs: 10_000 },
    libraryTools({ ...settings, signal: stop.signal, ...more }),
  )
  ended.catch(() => undefined)
  return { ended, stop: () => stop.abort() }
}

const embed = (more: Parameters<typeof libraryTools>[0] = {}): Promise<QueuedOutcome[]> =>
  runQueuedEmbed(
    plan,
    { address: readQueueAddress(redis.address), name, shardSize: SHARD_SIZE },
    libraryTools({ ...settings, store: store(), ...more }),
  )

describe.skipIf(!hasRedis)('a dataset embedded by a queue', () => {
  it('ends with the counts and the vectors of a run in one piece, and hands out nothing the second time', { timeout: TIMEOUT }, async () => {
    await setTimeout(SETTLED_MS)
    const [alone] = await runEmbed(plan, libraryTools({ ...settings, store: store('alone') }))
    const { ended, stop } = worker()
    const told: Progress[] = []
    const [queued] = await embed({ onProgress: (progress) => told.push(progress) })
    expect(queued.rows).toEqual(alone.rows)
    expect(queued.quarantined).toEqual(alone.quarantined)
    expect(queued.shards).toEqual({ number: 3, handedOut: 2, failed: [] }) // the second one has group B alone, which is excluded
    expect(queued.missing).toEqual({ ofFailed: 0, ofOthers: 0 })
    expect(told.some((progress) => progress.stage === 'embedding' && progress.done > 0)).toBe(true)
    const [again] = await embed()
    expect([again.shards.handedOut <= 1, again.rows.embedded]).toEqual([true, 0]) // the shard with the unreadable image is asked again
    stop()
    const { shards, rows, isStopped } = await ended
    expect([shards >= 2, rows.embedded, isStopped]).toEqual([true, alone.rows.embedded, true])
  }) // prettier-ignore

  it(
    'counts as found what was stored before, though nobody knew it without opening it',
    { timeout: TIMEOUT },
    async () => {
      const [alone] = await runEmbed(plan, libraryTools({ ...settings, store: store() }))
      for (const image of readdirSync(join(folder, 'images'))) utimesSync(join(folder, 'images', image), 1, 1)
      const { stop } = worker()
      const [{ rows, shards }] = await embed()
      stop()
      expect(shards.handedOut).toBe(2)
      expect([rows.found, rows.embedded, rows.quarantined]).toEqual([alone.rows.embedded, 0, alone.rows.quarantined])
    },
  )

  it('is refused by a worker whose label file is another', { timeout: TIMEOUT }, async () => {
    const other = new AbortController()
    const running = embed({ signal: other.signal })
    running.catch(() => undefined)
    await setTimeout(1500) // handed out by then
    appendFileSync(plan.dataset.labels, 'more.png,A\n')
    await expect(worker().ended).rejects.toMatchObject({ code: 'queue.other-dataset' })
    other.abort()
    await expect(running).rejects.toBeInstanceOf(Interrupted)
  })

  it('needs a store that workers can write', { timeout: TIMEOUT }, async () => {
    await expect(embed({ store: null })).rejects.toMatchObject({ code: 'queue.store' })
  })
})
