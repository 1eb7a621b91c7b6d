import { Option, type Command } from 'commander'
import { DefinitionError, quoted } from '../audit/errors.js'
import { readQueueAddress } from '../audit/definitions/read-queue-address.js'
import type { QueueAddress } from '../audit/types/queue.js'
import { wholeFlag } from './whole-flag.js'

export type QueueFlags = { readonly queue?: string; readonly queueName?: string }

export const QUEUE_NAME = 'probity'

/** Options that say which queue shards are handed out by. */
export function addQueueOptions(command: Command): Command {
  return command
    .option(
      '--queue <address>',
      'a Redis server that hands out shards: redis://host[:port][/database], rediss:// with TLS; user and password in it, or the password in PROBITY_QUEUE_PASSWORD',
    )
    .option('--queue-name <name>', `of the queue, where one server has several (default: ${QUEUE_NAME})`, queueName)
}

/** The address that a flag names, with the password of the environment where it has none. */
export function queueAddress(text: string): QueueAddress {
  const { PROBITY_QUEUE_PASSWORD: password = '' } = process.env
  return readQueueAddress(text, password === '' ? null : password)
}

/** BullMQ makes keys of it, between colons. */
function queueName(text: string): string {
  if (/^[\w.-]{1,100}$/.test(text)) return text
  const expected = 'a name of letters, digits, dots, hyphens and underscores'
  throw new DefinitionError('flag.queue-name', { at: 'command line', field: '--queue-name', expected, received: quoted(text) }) // prettier-ignore
}

const LEAST_SHARD = 1
const MOST_SHARD = 1_000_000

export const SHARD_SIZE = 2_000 // minutes of work on a CPU: little is lost with a worker, and Redis is asked seldom

/** The number of rows in a shard. */
export function shardSize(text: string): number {
  return wholeFlag('--shard-size', text, LEAST_SHARD, { most: MOST_SHARD, of: ' of rows' })
}

const LEAST_SECONDS = 5
const MOST_SECONDS = 3_600
export const LOST_AFTER_SECONDS = 60 // a label file of a million rows holds a worker up for seconds, and so does a busy machine; a dead one is waited for no longer

/** After how many seconds of silence a worker is taken for dead. */
export function lostAfterOption(): Option {
  const words = `a worker that gives no sign of life for so long is taken for dead, and its shard given to another, ${LEAST_SECONDS} to ${MOST_SECONDS} (default: ${LOST_AFTER_SECONDS})`
  const read = (text: string): number => wholeFlag('--lost-after', text, LEAST_SECONDS, { most: MOST_SECONDS, of: ' of seconds' }) // prettier-ignore
  return new Option('--lost-after <seconds>', words).argParser(read)
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
