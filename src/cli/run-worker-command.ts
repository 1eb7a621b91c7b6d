import { hostname } from 'node:os'
import { DefinitionError } from '../audit/errors.js'
import { runWorker } from '../audit/run-worker.js'
import type { WorkerOutcome } from '../audit/run-worker.js'
import type { DeviceAsked } from '../audit/types/device.js'
import { EXIT } from './exit.js'
import { setServing } from './interruption.js'
import { isolationAsked, type IsolationFlags } from './isolation-asked.js'
import { queueAddress, queueName, silentMs, type QueueFlags } from './queue-flags.js'
import { counted } from './shown.js'
import { namedStore } from './store-place.js'
import { commandLineTools } from './tools.js'
import { upTo4096OrAuto } from './whole-flag.js'

export type WorkerFlags = QueueFlags &
  IsolationFlags & {
    readonly untilEmpty?: boolean
    readonly lostAfter?: string
    readonly threads?: string
    readonly batch?: string
    readonly device?: DeviceAsked
    readonly store?: string
    readonly json?: boolean
  }

/** Takes shards until it is stopped, and says what was done. */
export async function workFromCommandLine(flags: WorkerFlags): Promise<void> {
  const { queue, device, json } = flags
  if (queue === undefined) throw noQueue()
  const folder = namedStore(flags.store)
  const store = folder === null ? null : { folder }
  const plan = {
    address: queueAddress(queue),
    queue: queueName(flags.queueName),
    name: `${hostname()}:${process.pid}`,
    untilEmpty: flags.untilEmpty ?? false,
    silentMs: silentMs(flags.lostAfter),
  }
  const numbers = { threads: upTo4096OrAuto('--threads', flags.threads), batch: upTo4096OrAuto('--batch', flags.batch) }
  const isolation = isolationAsked(flags)
  setServing(true)
  try {
    const tools = commandLineTools({ ...numbers, device, isolation, json, store, yes: true }) // nobody sits at a worker
    const outcome = await runWorker(plan, tools)
    process.stdout.write(json === true ? `${JSON.stringify(outcome, null, 2)}\n` : describe(outcome))
    if (outcome.isStopped) process.exitCode = EXIT.interrupted
  } finally {
    setServing(false)
  }
}

function describe({ shards, rows, isStopped }: WorkerOutcome): string {
  const done = `${counted(shards, 'shard')} done, ${counted(rows.in, 'image')}: ${rows.found} found in the store, ${rows.embedded} embedded, ${rows.quarantined} quarantined`
  return isStopped ? `Stopped. ${done}\n` : `${done}\n`
}

function noQueue(): DefinitionError {
  return new DefinitionError('flag.queue', {
    at: 'command line',
    field: '--queue',
    expected: 'the address of a Redis server, such as redis://queue.internal',
    received: 'nothing',
  })
}
