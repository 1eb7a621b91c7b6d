import { embedQueuedShard } from './embed-queued-shard.js'
import { Interrupted } from './errors.js'
import { failureText } from './failure-text.js'
import { openQueuedRun } from './open-queued-run.js'
import type { QueuedRun } from './open-queued-run.js'
import type { QueuedShard, ShardResult } from './queue/queued-shard.js'
import { serveShards, ShardRefused } from './queue/serve-shards.js'
import type { ShardDesk } from './queue/serve-shards.js'
import { refuseOpenPace } from './refuse-open-pace.js'
import type { Tools } from './tools.js'
import type { QueueAddress } from './types/queue.js'

export type WorkerPlan = {
  readonly address: QueueAddress
  /** Name of the queue. */
  readonly queue: string
  /** What the worker is called in messages to others, such as `host:1234`. */
  readonly name: string
  /** End when no shard is left, waiting or under way. */
  readonly untilEmpty: boolean
  /** Without a sign of life for so long, a worker's shard is given to another. */
  readonly silentMs: number
}

export type WorkerOutcome = {
  readonly shards: number
  readonly rows: {
    readonly in: number
    readonly found: number
    readonly embedded: number
    readonly quarantined: number
  }
  /** The user asked it to stop; a shard that was under way was given back. */
  readonly isStopped: boolean
}

const MOST_FAILURES = 3 // one after the other: then it is this machine, and it would spoil the shards of others

/**
 * Takes shards from a queue and embeds them, into the store that the tools name or else the one that each shard names, until it is stopped or, where that
 * is asked, no shard is left. Throws what refuses a shard (`queue.other-*`: other files than the run was begun with), and the last of three failures
 * in a row.
 */
export async function runWorker(
  { address, queue, name, untilEmpty, silentMs }: WorkerPlan,
  tools: Tools,
): Promise<WorkerOutcome> {
  refuseOpenPace(tools)
  const { signal, now, onProgress } = tools
  const done: ShardResult[] = []
  const failing = new FailingWorker()
  const runs = new OpenRuns(tools)
  const work = async (asked: QueuedShard, desk: ShardDesk): Promise<ShardResult> => {
    try {
      const result = await embedQueuedShard(asked, await runs.open(asked), desk, tools)
      done.push(result)
      failing.reset()
      return result
    } catch (error) {
      throw error instanceof Interrupted || error instanceof ShardRefused ? error : failing.note(error)
    }
  }
  try {
    await serveShards(address, {
      ...{ name: queue, worker: name, untilEmpty, silentMs, now, work },
      signal: signal === undefined ? failing.signal : AbortSignal.any([signal, failing.signal]),
      onNotice: (notice) => onProgress({ stage: 'queue', ...notice }),
    })
    return outcomeOf(done, false)
  } catch (error) {
    failing.throwIfOver()
    if (signal?.aborted === true && error === signal.reason) return outcomeOf(done, true)
    throw error
  } finally {
    await runs.close()
  }
}

/** The run of the shard at hand: a worker is given one shard after the other of the same, and opens dataset and model once. */
class OpenRuns {
  private held: (QueuedRun & Pick<QueuedShard, 'run' | 'store'>) | null = null

  constructor(private readonly tools: Tools) {}

  async open(asked: QueuedShard): Promise<QueuedRun> {
    const { run, store } = asked
    if (this.held?.run === run && this.held.store === store) return this.held
    await this.close()
    this.held = { ...(await openQueuedRun(asked, this.tools)), run, store }
    return this.held
  }

  async close(): Promise<void> {
    const { held } = this
    this.held = null
    await held?.embedder.close()
  }
}

/** Counts failures that follow one another; `signal` fires with the last that is borne. */
class FailingWorker {
  private readonly controller = new AbortController()
  private inARow = 0
  private last: unknown

  get signal(): AbortSignal {
    return this.controller.signal
  }

  reset(): void {
    this.inARow = 0
  }

  /** The error as the queue may keep it. */
  note(error: unknown): Error {
    this.last = error
    if (++this.inARow >= MOST_FAILURES) this.controller.abort()
    return new Error(failureText(error), { cause: error })
  }

  throwIfOver(): void {
    if (this.controller.signal.aborted) throw this.last
  }
}

function outcomeOf(done: readonly ShardResult[], isStopped: boolean): WorkerOutcome {
  const sum = (count: (result: ShardResult) => number): number => done.reduce((total, each) => total + count(each), 0)
  return {
    shards: done.length,
    rows: {
      in: sum(({ rows }) => rows),
      found: sum(({ found }) => found),
      embedded: sum(({ embedded }) => embedded),
      quarantined: sum(({ quarantined }) => quarantined.length),
    },
    isStopped,
  }
}
