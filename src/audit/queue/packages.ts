import type * as BullMQ from 'bullmq'
import type * as IORedis from 'ioredis'
import { DefinitionError } from '../errors.js'

export type { Job, Queue, QueueEvents, Worker } from 'bullmq'
export type { Redis, RedisOptions } from 'ioredis'

/** The two packages that only a queue needs. This file alone names them: Probity is installed, and runs, without. */
export type QueuePackages = { readonly bullmq: typeof BullMQ; readonly ioredis: typeof IORedis }

/** The versions that the tests run with; package.json names the same as optional peers. */
export const QUEUE_PACKAGES = 'bullmq@6.7.0 ioredis@5.11.1'

/** Loads BullMQ and its Redis client. Throws DefinitionError (`queue.packages`) with the command that installs them where they are missing. */
export async function loadQueuePackages(
  load: () => Promise<readonly [typeof BullMQ, typeof IORedis]> = () =>
    Promise.all([import('bullmq'), import('ioredis')]),
): Promise<QueuePackages> {
  try {
    const [bullmq, ioredis] = await load()
    return { bullmq, ioredis }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error
    throw new DefinitionError(
      'queue.packages',
      {
        at: 'command line',
        field: '--queue',
        expected: 'the packages bullmq and ioredis beside Probity, which install only on request',
        received: 'an installation without them',
        hint: `Run: npm install ${QUEUE_PACKAGES} (with --global where Probity is installed so)`,
      },
      { cause: error },
    )
  }
}
