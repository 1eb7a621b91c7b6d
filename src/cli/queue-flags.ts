import { DefinitionError, quoted } from '../audit/errors.js'
import { readQueueAddress } from '../audit/definitions/read-queue-address.js'
import type { QueueAddress } from '../audit/types/queue.js'
import { LOST_AFTER, QUEUE_NAME, SHARD_SIZE } from './queue-options.js'
import { wholeFlag } from './whole-flag.js'

/** The flags of addQueueOptions, as they are typed. */
export type QueueFlags = { readonly queue?: string; readonly queueName?: string }

/** The address that a flag names, with the password of the environment where it has none. */
export function queueAddress(text: string): QueueAddress {
  const { PROBITY_QUEUE_PASSWORD: password = '' } = process.env
  return readQueueAddress(text, password === '' ? null : password)
}

/** The name of the queue. BullMQ makes keys of it, between colons. */
export function queueName(text: string = QUEUE_NAME): string {
  if (/^[\w.-]{1,100}$/.test(text)) return text
  const expected = 'a name of letters, digits, dots, hyphens and underscores'
  throw new DefinitionError('flag.queue-name', { at: 'command line', field: '--queue-name', expected, received: quoted(text) }) // prettier-ignore
}

const MOST_ROWS = 1_000_000

/** The number of rows in a shard. */
export function shardSize(text: string = String(SHARD_SIZE)): number {
  return wholeFlag('--shard-size', text, 1, { most: MOST_ROWS, of: ' of rows' })
}

/** After how many milliseconds of silence a worker is taken for dead. */
export function silentMs(text: string = String(LOST_AFTER.usual)): number {
  return 1000 * wholeFlag('--lost-after', text, LOST_AFTER.least, { most: LOST_AFTER.most, of: ' of seconds' })
}

/** Flags that say how this machine embeds. With a queue it embeds nothing, and to take them in silence would say otherwise. */
const OF_WORKERS = ['threads', 'device', 'isolateMemory', 'rehash', 'shard', 'export'] as const

/** Throws DefinitionError for each flag that means nothing beside `--queue`. */
export function refuseBesideQueue(flags: { readonly [flag in (typeof OF_WORKERS)[number]]?: unknown }): void {
  const given = OF_WORKERS.filter((flag) => flags[flag] !== undefined)
  if (given.length === 0) return
  const faults = given.map((flag) => ({
    at: 'command line',
    field: `--${flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    expected: 'to stand without --queue',
    received: 'both',
    hint: HINTS[flag] ?? 'It is for the workers: probity worker --help',
  }))
  throw new DefinitionError('embed.queue', faults)
}

const HINTS: { readonly [flag in (typeof OF_WORKERS)[number]]?: string } = {
  shard: 'The queue cuts the dataset into shards itself: --shard-size',
  export: 'When the queue is done, the same command without --queue exports, and opens no image',
  rehash: 'Changed images are noticed by every worker; to distrust the store, run once without --queue',
}
