import { resolve } from 'node:path'
import type { PlanFlags } from '../audit/definitions/read-plan.js'
import { readEmbeddingPlan } from '../audit/definitions/read-embedding-plan.js'
import { readShard } from '../audit/definitions/read-shard.js'
import { DefinitionError, quoted } from '../audit/errors.js'
import { runEmbed } from '../audit/run-embed.js'
import type { Shard } from '../audit/types/shard.js'
import { describeEmbedding, embeddingAsJson } from './describe-embedding.js'
import { EXIT } from './exit.js'
import { refuseBesideQueue, type QueueFlags } from './queue-flags.js'
import { toolOptionsOf, type EmbeddingFlags } from './embedding-flags.js'
import { commandLineTools } from './tools.js'

export type EmbedFlags = PlanFlags &
  QueueFlags &
  EmbeddingFlags & {
    readonly export?: string
    readonly shard?: string
    readonly shardSize?: string
  }

/** Reads the plan, embeds what is missing, says what was found. */
export async function embedFromCommandLine(file: string | undefined, flags: EmbedFlags): Promise<void> {
  const { options, rest } = toolOptionsOf(flags)
  const { export: exportTo, shard: asked, queue, queueName, shardSize, ...planFlags } = rest
  const { isolation, json, store: choice } = options
  if (queue !== undefined) refuseBesideQueue(flags)
  const plan = await readEmbeddingPlan({ file, flags: planFlags, cwd: process.cwd() })
  const shard = asked === undefined ? null : readShard(asked, process.env)
  const target = exportTo === undefined ? null : exportPath(exportTo, { models: plan.models.length, shard })
  const tools = commandLineTools(options)
  if (queue !== undefined) {
    const { embedByQueue } = await import('./run-queued-embed-command.js')
    return embedByQueue({ ...plan, ...(isolation === undefined ? {} : { isolate: true }) }, { queue, queueName, shardSize, choice, json }, tools) // prettier-ignore
  }
  if (shard !== null && choice === null) throw noStoreForShard()
  const outcomes = await runEmbed(plan, tools, { exportTo: target, shard })
  if (shard !== null && outcomes.some(({ isKept }) => !isKept)) process.exitCode = EXIT.incomplete // nobody else embeds its rows
  process.stdout.write(
    json ? embeddingAsJson(outcomes, choice) : outcomes.map((one) => describeEmbedding(one, choice)).join('\n'),
  )
}

function noStoreForShard(): DefinitionError {
  const hint = 'Name the folder that the other shards write to, or one of its own for probity merge'
  return new DefinitionError('flag.shard', { at: 'command line', field: '--no-store', expected: 'a store beside --shard, where the vectors of all shards come together', received: 'none', hint }) // prettier-ignore
}

type Embedding = { readonly models: number; readonly shard: Shard | null }

function exportPath(path: string, { models, shard }: Embedding): string {
  if (shard !== null) {
    const hint = 'Export them when every shard is done, by the same command without --shard: it opens no image'
    throw new DefinitionError('embed.export', { at: 'command line', field: '--export', expected: 'all rows of the dataset', received: 'one shard of them', hint }) // prettier-ignore
  }
  if (models > 1) {
    const hint = 'Export the vectors of one model after the other; they are in the store by then'
    const received = `${models} models`
    throw new DefinitionError('embed.export', { at: 'command line', field: '--export', expected: 'one model', received, hint }) // prettier-ignore
  }
  if (/\.(npy|safetensors)$/.test(path)) return resolve(path)
  throw new DefinitionError('embed.export', {
    at: 'command line',
    field: '--export',
    expected: 'a path that ends in .npy or .safetensors',
    received: quoted(path),
  })
}
