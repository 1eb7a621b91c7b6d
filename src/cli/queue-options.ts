import type { Command } from 'commander'

export const QUEUE_NAME = 'probity'
export const SHARD_SIZE = 2_000 // minutes of work on a CPU: little is lost with a worker, and Redis is asked seldom
export const LOST_AFTER = { least: 5, most: 3_600, usual: 60 } as const // seconds; a label file of a million rows holds a worker up for some, and so does a busy machine

/** Options that say which queue shards are handed out by. */
export function addQueueOptions(command: Command): Command {
  return command
    .option(
      '--queue <address>',
      'a Redis server that hands out shards: redis://host[:port][/database], rediss:// with TLS; user and password in it, or the password in PROBITY_QUEUE_PASSWORD',
    )
    .option('--queue-name <name>', `of the queue, where one server has several (default: ${QUEUE_NAME})`)
}

/** After how many seconds of silence a worker is taken for dead. */
export function addLostAfterOption(command: Command): Command {
  const { least, most, usual } = LOST_AFTER
  return command.option(
    '--lost-after <seconds>',
    `a worker that gives no sign of life for so long is taken for dead, and its shard given to another, ${least} to ${most} (default: ${usual})`,
  )
}
