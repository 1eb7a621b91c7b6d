import { setTimeout } from 'node:timers/promises'
import { DefinitionError, Interrupted, quoted } from '../errors.js'
import { openRedis } from './open-redis.js'
import { loadQueuePackages } from './packages.js'
import type { Job, Queue, QueuePackages } from './packages.js'
import { aborted, unlessAborted } from '../unless-aborted.js'
import { cut, PARTING_MS, within } from './patience.js'
import { formatOf, readQueuedShard, QUEUED_SHARD_FORMAT } from './queued-shard.js'
import type { QueuedShard, ShardProgress, ShardResult } from './queued-shard.js'
import type { QueueAddress, QueueNotice } from '../types/queue.js'

/** This worker cannot do a shard that others may do: its files are not those that were asked for, or it is of another version. */
export class ShardRefused extends Error {
  override readonly name = 'ShardRefused'

  /** `cause` is the refusal that the user of this worker reads. */
  constructor(override readonly cause: Error) {
    super(cause.message)
  }
}

export type ShardDesk = {
  /** Fires when the shard must be given back: the batches under way are finished and kept. */
  readonly signal: AbortSignal
  readonly onProgress: (progress: { readonly done: number; readonly failed: number }) => void
}

export type ServeDesk = {
  /** Name of the queue. */
  readonly name: string
  /** What this worker is called in messages to others. */
  readonly worker: string
  /** A worker that gives no sign of life for so long is taken for dead, and its shard given to another. */
  readonly silentMs: number
  /** End when no shard is left, waiting or under way. */
  readonly untilEmpty: boolean
  readonly signal?: AbortSignal | undefined
  /** Milliseconds, of any clock. */
  readonly now: () => number
  readonly onNotice: (notice: QueueNotice) => void
  /** Embeds one shard. Rejects with ShardRefused, Interrupted, or an error whose message may be kept by the server: it holds no name of an image. */
  readonly work: (job: QueuedShard, desk: ShardDesk) => Promise<ShardResult>
}

const MOST_LOST = 2 // how often a shard may lose its worker and be tried again: one that ends three workers ends no fourth
const POLL_MS = 1_000
const TELL_EVERY_MS = 1_000

/**
 * Takes shards from a queue, one after the other, until the signal fires (rejects with an AbortError) or, with `untilEmpty`, none is left. The shard under
 * way is then given back. A shard that this worker refuses is given back too, and the refusal rejects. Throws DefinitionError where the server cannot be used.
 */
export async function serveShards(address: QueueAddress, desk: ServeDesk): Promise<void> {
  const packages = await loadQueuePackages()
  const redis = await openRedis(packages, address, desk)
  const server = new ShardServer(packages, desk)
  const options = { connection: redis, skipVersionCheck: true } // the server was looked at
  const queue = new packages.bullmq.Queue(desk.name, options)
  const worker = new packages.bullmq.Worker(desk.name, (job, token) => server.take(job, token ?? ''), {
    ...options,
    name: desk.worker,
    lockDuration: desk.silentMs,
    stalledInterval: desk.silentMs / 2,
    maxStalledCount: MOST_LOST,
  })
  queue.on('error', () => undefined) // of the connection, of which openRedis tells
  worker.on('error', ({ name, message }) => {
    if (name === 'ReplyError') desk.onNotice({ kind: 'trouble', reason: message }) // of locks: the next line is for those
  })
  worker.on('lockRenewalFailed', (ids) => server.lose(ids))
  try {
    await server.untilEnd(queue)
  } finally {
    const closing = worker.close() // takes no further shard
    await server.idle()
    await within(PARTING_MS, closing)
    await cut([queue], [redis])
  }
}

/** What a worker has in hand. */
class ShardServer {
  private readonly refused = new AbortController()
  private readonly lost = new Map<string, AbortController>()
  private underWay: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly packages: QueuePackages,
    private readonly desk: ServeDesk,
  ) {}

  /** Resolves when the queue is empty; rejects when this worker is stopped or has refused a shard. */
  async untilEnd(queue: Queue): Promise<void> {
    const done = new AbortController()
    const { signal, untilEmpty } = this.desk
    const stops = [...(signal === undefined ? [] : [signal]), this.refused.signal]
    try {
      const ends = stops.map((stop) => aborted(stop, done.signal))
      await Promise.race([...ends, untilEmpty ? emptied(queue, done.signal) : new Promise<never>(() => undefined)])
    } finally {
      done.abort()
    }
  }

  /** Resolves when no shard is under way. */
  async idle(): Promise<void> {
    await this.underWay.catch(() => undefined)
  }

  /** Another worker may have these shards by now: what is done here is done twice. */
  lose(ids: readonly string[]): void {
    for (const id of ids) this.lost.get(id)?.abort(new DOMException('taken', 'AbortError'))
  }

  take(job: Job, token: string): Promise<ShardResult> {
    const work = this.process(job, token)
    this.underWay = work
    return work
  }

  private async process(job: Job, token: string): Promise<ShardResult> {
    const { UnrecoverableError, WaitingError } = this.packages.bullmq
    const asked = readQueuedShard(job.data)
    if (asked === null) {
      const format = formatOf(job.data)
      if (format === null || format === QUEUED_SHARD_FORMAT) throw new UnrecoverableError('it is no shard of a run')
      return this.refuse(otherVersion(format), job, token)
    }
    const { onNotice, signal } = this.desk
    const taken = new AbortController()
    const id = job.id ?? ''
    this.lost.set(id, taken)
    onNotice({ kind: 'began', ...asked.shard })
    try {
      const stop = AbortSignal.any([taken.signal, ...(signal === undefined ? [] : [signal])])
      const result = await this.desk.work(asked, { signal: stop, onProgress: this.teller(job) })
      const { rows, embedded, quarantined } = result
      onNotice({ kind: 'done', ...asked.shard, rows, embedded, quarantined: quarantined.length })
      return result
    } catch (error) {
      if (error instanceof ShardRefused) return await this.refuse(error, job, token)
      if (taken.signal.aborted) {
        onNotice({ kind: 'taken', ...asked.shard })
        throw new WaitingError() // it is another's: nothing is said of it
      }
      if (error instanceof Interrupted) {
        await within(PARTING_MS, job.moveToWait(token))
        throw new WaitingError()
      }
      onNotice({ kind: 'failed', ...asked.shard, reason: error instanceof Error ? error.message : String(error) })
      throw error
    } finally {
      this.lost.delete(id)
    }
  }

  /** Says why, gives the shard to others, and ends this worker: it would only take it again. */
  private async refuse(refused: ShardRefused, job: Job, token: string): Promise<never> {
    const told: ShardProgress = { kind: 'refused', worker: this.desk.worker, reason: refused.message }
    this.refused.abort(refused.cause)
    await within(PARTING_MS, job.updateProgress(told))
    await within(PARTING_MS, job.moveToWait(token))
    throw new this.packages.bullmq.WaitingError()
  }

  /** Tells how far a shard is, once a second at most, and never two at a time: while the server is gone they would pile up. */
  private teller(job: Job): ShardDesk['onProgress'] {
    let told = -Infinity
    let isTelling = false
    return ({ done, failed }) => {
      if (isTelling || this.desk.now() - told < TELL_EVERY_MS) return
      told = this.desk.now()
      isTelling = true
      const progress: ShardProgress = { kind: 'embedding', done, failed }
      void job
        .updateProgress(progress)
        .catch(() => undefined)
        .finally(() => (isTelling = false))
    }
  }
}

/** Also while others have shards: one that loses its worker is taken up by those that are still there. */
async function emptied(queue: Queue, signal: AbortSignal): Promise<void> {
  for (;;) {
    await setTimeout(POLL_MS, undefined, { signal })
    const counts = await unlessAborted(() => queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized'), signal)
    if (Object.values(counts).every((count) => count === 0)) return
  }
}

function otherVersion(format: string): ShardRefused {
  const received = `${quoted(format)}, of another version of Probity`
  const hint = 'Run the same version on every machine'
  return new ShardRefused(
    new DefinitionError('queue.format', { at: 'the queue', expected: QUEUED_SHARD_FORMAT, received, hint }),
  )
}
