import { setTimeout } from 'node:timers/promises'
import { unlessAborted } from '../unless-aborted.js'
import { cut, PARTING_MS, within } from './patience.js'
import { openRedis } from './open-redis.js'
import { loadQueuePackages } from './packages.js'
import type { Job, Queue, QueueEvents } from './packages.js'
import { readShardProgress, readShardResult } from './queued-shard.js'
import type { QueuedShard, ShardResult } from './queued-shard.js'
import { DefinitionError, quoted } from '../errors.js'
import type { FailedShard, QueueAddress, QueueNotice } from '../types/queue.js'

/** What became of a shard. */
export type ShardFate =
  { readonly kind: 'done'; readonly result: ShardResult } | ({ readonly kind: 'failed' } & FailedShard)

export type HandOutDesk = {
  /** Name of the queue. */
  readonly name: string
  readonly signal?: AbortSignal | undefined
  readonly onNotice: (notice: QueueNotice) => void
}

export type Watcher = {
  /** How far a worker is with a shard. */
  readonly onProgress: (shard: number, progress: { readonly done: number; readonly failed: number }) => void
  readonly onFate: (shard: number, fate: ShardFate) => void
}

export type ShardQueue = {
  /** Hands out jobs and waits for the fate of each, by the number of its shard. Rejects with an AbortError when the signal fires: shards that no worker
   *  has begun are taken back, those under way are left to their workers. Throws DefinitionError (`queue.server`) where the server refuses a command. */
  readonly handOut: (jobs: readonly QueuedShard[], watcher: Watcher) => Promise<ReadonlyMap<number, ShardFate>>
  readonly close: () => Promise<void>
}

const POLL_MS = 1_000 // events are told at once; this is for what they do not tell
const SILENT_POLLS = 5 // without a worker, before that is said
const ATTEMPTS = 3
const FIRST_BACKOFF_MS = 5_000 // then twice as long: a disk that is full for a moment, a mount that comes back
const KEPT_SECONDS = 7 * 24 * 3_600 // of jobs whose run was never ended
const AT_ONCE = 500
const OPEN = ['waiting', 'active', 'delayed', 'prioritized'] as const
const ENDED = ['completed', 'failed'] as const

/** The id of a job: adding it twice does not add it twice. BullMQ takes no colon. */
export const jobIdOf = ({ run, shard }: Pick<QueuedShard, 'run' | 'shard'>): string =>
  `${run}-${shard.number}-of-${shard.of}`

/** The queue of a server, for whoever hands out shards. Throws DefinitionError where the server cannot be used. */
export async function openShardQueue(address: QueueAddress, desk: HandOutDesk): Promise<ShardQueue> {
  const packages = await loadQueuePackages()
  const redis = await openRedis(packages, address, desk)
  const listening = redis.duplicate() // it blocks while it waits for events
  const options = { skipVersionCheck: true } // the server was looked at
  const queue = new packages.bullmq.Queue(desk.name, { connection: redis, ...options })
  const events = new packages.bullmq.QueueEvents(desk.name, { connection: listening, ...options })
  queue.on('error', () => undefined) // of the connection, of which openRedis tells
  events.on('error', () => undefined)
  return {
    handOut: (jobs, watcher) =>
      handOut({ queue, events }, jobs, { ...desk, ...watcher }).catch((error: unknown) => {
        throw error instanceof Error && error.name === 'ReplyError' ? refusedBy(address, error) : error
      }),
    close: () => cut([events, queue], [redis, listening]),
  }
}

function refusedBy({ shown }: QueueAddress, { message }: Error): DefinitionError {
  const hint = 'A queue needs a server that may write: see docs/many-machines.md'
  return new DefinitionError('queue.server', { at: shown, expected: 'a server that does what BullMQ asks of it', received: quoted(message), hint }) // prettier-ignore
}

type Desk = HandOutDesk & Watcher

async function handOut(
  { queue, events }: { readonly queue: Queue; readonly events: QueueEvents },
  jobs: readonly QueuedShard[],
  desk: Desk,
): Promise<ReadonlyMap<number, ShardFate>> {
  const open = new Map(jobs.map((job) => [jobIdOf(job), job]))
  const fates = new Map<number, ShardFate>()
  const hear = ({ jobId, data }: { jobId: string; data: unknown }): void => {
    const job = open.get(jobId)
    const told = job === undefined ? null : readShardProgress(data)
    if (job === undefined || told === null) return
    if (told.kind === 'refused') desk.onNotice({ kind: 'refused', worker: told.worker, reason: told.reason })
    else desk.onProgress(job.shard.number, told)
  }
  events.on('progress', hear)
  try {
    await unlessAborted(() => clearEnded(queue, [...open.keys()]), desk.signal)
    await unlessAborted(() => add(queue, jobs), desk.signal)
    const isLonely = watchWorkers(queue, desk)
    while (open.size > 0) {
      await setTimeout(POLL_MS, undefined, { signal: desk.signal })
      await unlessAborted(() => look(queue, { open, fates, desk }), desk.signal)
      await unlessAborted(isLonely, desk.signal)
    }
    await clearEnded(queue, jobs.filter(({ shard }) => fates.get(shard.number)?.kind === 'done').map(jobIdOf)) // prettier-ignore
    return fates
  } catch (error) {
    if (desk.signal?.aborted === true) await within(PARTING_MS, takeBack(queue, [...open.keys()]))
    throw error
  } finally {
    events.off('progress', hear)
  }
}

/** A job that ended in an earlier run would stand in the way of the same one now. */
async function clearEnded(queue: Queue, ids: readonly string[]): Promise<void> {
  const ended = new Set(await queue.getRanges([...ENDED], 0, -1))
  for (const id of ids) if (ended.has(id)) await queue.remove(id)
}

async function takeBack(queue: Queue, ids: readonly string[]): Promise<void> {
  for (const id of ids) await queue.remove(id) // one that a worker has is left alone
}

async function add(queue: Queue, jobs: readonly QueuedShard[]): Promise<void> {
  for (let start = 0; start < jobs.length; start += AT_ONCE) {
    await queue.addBulk(
      jobs.slice(start, start + AT_ONCE).map((job) => ({
        name: 'shard',
        data: job,
        opts: {
          jobId: jobIdOf(job),
          attempts: ATTEMPTS,
          backoff: { type: 'exponential', delay: FIRST_BACKOFF_MS },
          stackTraceLimit: 0, // paths of a worker's machine are of no use to anybody else
          removeOnComplete: { age: KEPT_SECONDS },
          removeOnFail: { age: KEPT_SECONDS },
        },
      })),
    )
  }
}

type Waiting = {
  readonly open: Map<string, QueuedShard>
  readonly fates: Map<number, ShardFate>
  readonly desk: Desk
}

/** Where every open job is. The sets of the queue decide, not its events: those are lost when the server is. A job that is nowhere was forgotten by a
 *  server that started anew, and is added again. */
async function look(queue: Queue, { open, fates, desk }: Waiting): Promise<void> {
  const held = new Set(await queue.getRanges([...OPEN], 0, -1))
  const [completed, failed] = [
    new Set(await queue.getRanges(['completed'], 0, -1)), // after those above: a job may end in between
    new Set(await queue.getRanges(['failed'], 0, -1)),
  ]
  const forgotten: QueuedShard[] = []
  for (const [id, asked] of open) {
    const isFailed = failed.has(id)
    if (!isFailed && !completed.has(id)) {
      if (!held.has(id)) forgotten.push(asked)
      continue
    }
    const fate = fateOf(asked, (await queue.getJob(id)) as Job | undefined, isFailed)
    if (fate === null) continue
    open.delete(id)
    fates.set(asked.shard.number, fate)
    desk.onFate(asked.shard.number, fate)
  }
  if (forgotten.length === 0) return
  desk.onNotice({ kind: 'forgotten', shards: forgotten.length })
  await add(queue, forgotten)
}

/** A job that was done at last still holds why it failed before: the set that it is in decides. */
function fateOf({ shard }: QueuedShard, job: Job | undefined, isFailed: boolean): ShardFate | null {
  if (job === undefined) return null // removed in between: it is nowhere at the next look
  const attempts = job.attemptsMade
  if (isFailed) return { kind: 'failed', shard, attempts, reason: inWords(job.failedReason ?? '') }
  const result = readShardResult(job.returnvalue)
  if (result === null) return { kind: 'failed', shard, attempts, reason: 'a worker gave an answer that is none' }
  return { kind: 'done', result }
}

/** BullMQ's own sentence for a job whose worker was lost more often than is allowed. */
function inWords(reason: string): string {
  return reason.startsWith('job stalled') ? 'three workers ended, or went silent, while they had it' : reason
}

/** Says so when nobody takes shards, once for each time. */
function watchWorkers(queue: Queue, { onNotice }: HandOutDesk): () => Promise<void> {
  let silent = 0
  return async () => {
    const workers = await queue.getWorkersCount().catch(() => 1) // some servers do not say
    silent = workers > 0 ? 0 : silent + 1
    if (silent === SILENT_POLLS) onNotice({ kind: 'no-workers' })
  }
}
