import { DatasetError, type Fault } from '../audit/errors.js'
import { runQueuedEmbed } from '../audit/run-queued-embed.js'
import type { QueuedOutcome } from '../audit/run-queued-embed.js'
import type { StoreChoice, Tools } from '../audit/tools.js'
import type { EmbeddingPlan } from '../audit/types/definitions.js'
import { describeEmbedding, embeddingAsJson } from './describe-embedding.js'
import { queueAddress, queueName, shardSize } from './queue-flags.js'
import { counted } from './shown.js'

export type QueuedFlags = {
  readonly queue: string
  readonly queueName: string | undefined
  readonly shardSize: string | undefined
  readonly choice: StoreChoice | null
  readonly json: boolean | undefined
}

/** Has a dataset embedded by the workers of a queue, and says what was found. Throws DatasetError (`queue.shards`) after that where a vector is missing. */
export async function embedByQueue(plan: EmbeddingPlan, flags: QueuedFlags, tools: Tools): Promise<void> {
  const { queue, choice, json } = flags
  const asked = {
    address: queueAddress(queue),
    name: queueName(flags.queueName),
    shardSize: shardSize(flags.shardSize),
  }
  const outcomes = await runQueuedEmbed(plan, asked, tools)
  process.stdout.write(
    json === true
      ? embeddingAsJson(outcomes, choice)
      : outcomes.map((one) => `${describeEmbedding(one, choice)}${describeShards(one)}\n`).join('\n'),
  )
  const faults = outcomes.flatMap(faultsOf)
  if (faults.length > 0) throw new DatasetError('queue.shards', faults)
}

function describeShards({ shards: { number, handedOut, failed } }: QueuedOutcome): string {
  if (handedOut === 0) return `Shards: ${number}, none handed out: all of it was in the store`
  return `Shards: ${handedOut} of ${number} handed out, ${failed.length} failed`
}

function faultsOf({ shards, missing }: QueuedOutcome): Fault[] {
  const failed = shards.failed.map(({ shard: { number, of }, attempts, reason }) => ({
    at: `shard ${number} of ${of}`,
    expected: 'a vector of each of its images',
    received: `${counted(attempts, 'failed attempt')}, the last: ${reason}`,
    hint: 'The other shards are kept. To try these again, run the same command again',
  }))
  if (missing.ofOthers === 0) return failed
  return [
    ...failed,
    {
      at: 'the store',
      expected: 'a vector of each image of the shards that are done',
      received: `none of ${counted(missing.ofOthers, 'image')}`,
      hint: 'Do all workers write into this store? They name theirs with --store; run the same command again',
    },
  ]
}
