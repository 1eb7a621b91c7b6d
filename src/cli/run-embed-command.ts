import { resolve } from 'node:path'
import type { PlanFlags } from '../audit/definitions/read-plan.js'
import { readEmbeddingPlan } from '../audit/definitions/read-embedding-plan.js'
import { readShard } from '../audit/definitions/read-shard.js'
import { DefinitionError, quoted } from '../audit/errors.js'
import { runEmbed } from '../audit/run-embed.js'
import type { EmbedOutcome } from '../audit/run-embed.js'
import type { DeviceAsked } from '../audit/types/device.js'
import type { Shard } from '../audit/types/shard.js'
import { EXIT } from './exit.js'
import { shownFolder } from './home-folder.js'
import { isolationAsked, type IsolationFlags } from './isolation-options.js'
import { counted, shownName, shownPath } from './shown.js'
import { storeChoice, type StoreFlags } from './store-place.js'
import { commandLineTools } from './tools.js'

export type EmbedFlags = PlanFlags &
  StoreFlags &
  IsolationFlags & {
    readonly threads?: number
    readonly batch?: number
    readonly device?: DeviceAsked
    readonly yes?: boolean
    readonly json?: boolean
    readonly export?: string
    readonly shard?: string
  }

/** Reads the plan, embeds what is missing, says what was found. */
export async function embedFromCommandLine(file: string | undefined, flags: EmbedFlags): Promise<void> {
  const {
    threads,
    batch,
    device,
    isolate,
    isolateMemory,
    yes,
    json,
    store,
    rehash,
    export: exportTo,
    shard: asked,
    ...planFlags
  } = flags
  const plan = await readEmbeddingPlan({ file, flags: planFlags, cwd: process.cwd() })
  const shard = asked === undefined ? null : readShard(asked, process.env)
  const target = exportTo === undefined ? null : exportPath(exportTo, { models: plan.models.length, shard })
  const isolation = isolationAsked({ isolate, isolateMemory })
  const choice = storeChoice({ ...(store === undefined ? {} : { store }), rehash: rehash ?? false })
  if (shard !== null && choice === null) throw noStoreForShard()
  const outcomes = await runEmbed(
    plan,
    commandLineTools({ threads, batch, device, isolation, yes, json, store: choice }),
    {
      exportTo: target,
      shard,
    },
  )
  if (shard !== null && outcomes.some(({ isKept }) => !isKept)) process.exitCode = EXIT.incomplete // nobody else embeds its rows
  process.stdout.write(json ? asJson(outcomes, choice) : outcomes.map((one) => describe(one, choice)).join('\n'))
}

/** One object for one model, a list of them for several. */
function asJson(outcomes: readonly EmbedOutcome[], store: ReturnType<typeof storeChoice>): string {
  const all = outcomes.map((outcome) => ({ ...outcome, store: store?.folder ?? null }))
  return `${JSON.stringify(all.length === 1 ? all[0] : all, null, 2)}\n`
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

function describe(outcome: EmbedOutcome, store: ReturnType<typeof storeChoice>): string {
  const { rows, exported, model, dim } = outcome
  const lines = [
    `${describeRows(outcome)}: ${rows.found} found in the store, ${rows.embedded} embedded, ${rows.quarantined} quarantined, ${rows.excluded} excluded`,
    ...describeQuarantined(outcome),
    `Model: ${shownName(model)}, ${dim} numbers a vector`,
    describeStore(store, outcome.isKept),
    ...(exported.length === 0 ? [] : [`Written: ${exported.map(shownPath).join(', ')}`]),
  ]
  return `${lines.join('\n')}\n`
}

function describeRows({ rows, shard }: EmbedOutcome): string {
  if (shard === null) return counted(rows.in, 'row')
  return `Shard ${shard.number} of ${shard.of}, ${rows.in} of ${counted(shard.datasetRows, 'row')}`
}

/** One line per code. Names of images can identify people and stay out of logs: `--json` is who asks for them. */
function describeQuarantined({ quarantined }: EmbedOutcome): string[] {
  const byCode = new Map<string, number>()
  for (const { code } of quarantined) byCode.set(code, (byCode.get(code) ?? 0) + 1)
  const lines = [...byCode].map(([code, count]) => `  ${code}: ${count}`)
  return lines.length === 0 ? [] : [...lines, '  Names and reasons: the same command with --json']
}

function describeStore(store: ReturnType<typeof storeChoice>, isKept: boolean): string {
  if (store === null) return 'Store: none, so nothing was kept'
  const folder = shownFolder(store.folder)
  return isKept ? `Store: ${folder}` : `Store: ${folder}, which could not be written: what was embedded now is not kept`
}
