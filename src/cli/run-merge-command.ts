import { resolve } from 'node:path'
import { readEmbeddingPlan } from '../audit/definitions/read-embedding-plan.js'
import { runMerge } from '../audit/run-merge.js'
import type { MergedDataset, MergeOutcome } from '../audit/run-merge.js'
import { EXIT } from './exit.js'
import { shownFolder } from './home-folder.js'
import { auditCommand, shardCommand } from './shard-commands.js'
import { counted, shownArgument, shownLines, shownName } from './shown.js'
import { storeFolder } from './store-place.js'

export type MergeFlags = { readonly store?: string; readonly plan?: string; readonly json?: boolean }

/** Merges, says what is there and what is not, and what to do next. */
export async function mergeFromCommandLine(stores: readonly string[], flags: MergeFlags): Promise<void> {
  const target = storeFolder(flags.store)
  const sources = stores.map((store) => resolve(store)).filter((store) => store !== target)
  const plan = flags.plan === undefined ? null : await readEmbeddingPlan({ file: flags.plan, flags: {}, cwd: process.cwd() }) // prettier-ignore
  const outcome = await runMerge({ stores: sources, target, dataset: plan?.dataset ?? null })
  const text = flags.json === true ? JSON.stringify({ store: target, ...outcome, merged: outcome.merged.map(withCommands) }, null, 2) : describe(outcome, target) // prettier-ignore
  process.stdout.write(`${text}\n`)
  process.exitCode = outcome.isComplete ? EXIT.passed : EXIT.incomplete
}

function withCommands(merged: MergedDataset): MergedDataset & { readonly again: readonly string[] } {
  return { ...merged, again: notDone(merged).map((number) => shardCommand(merged, number)) }
}

function describe({ copied, merged, damagedRecords, isComplete }: MergeOutcome, target: string): string {
  return [
    ...copied.map(describeCopied),
    ...(damagedRecords === 0
      ? []
      : [`${counted(damagedRecords, 'note')} of shards cannot be read: they count as not begun`]),
    ...merged.flatMap(describeMerged),
    `Store: ${shownFolder(target)}`,
    ...(isComplete ? ['Every shard is done. Go on with:', ...commands(merged, target)] : []),
  ].join('\n')
}

function describeCopied({ store, vectors, damaged }: MergeOutcome['copied'][number]): string {
  const left = damaged === 0 ? '' : `; ${damaged} damaged, which stay behind`
  return `${shownFolder(store)}: ${counted(vectors, 'vector')} copied${left}`
}

const MOST_COMMANDS = 20

function describeMerged(merged: MergedDataset): string[] {
  const { dataset, model, of, shards, rows, quarantined, embeddedWith } = merged
  const again = notDone(merged)
  return [
    `${shownName(dataset.id)} with ${shownName(model)}: ${shards.done.length} of ${counted(of, 'shard')} done, with ${rows.in} of ${counted(dataset.rows, 'row')}: ${rows.processed} processed, ${rows.quarantined} quarantined, ${rows.excluded} excluded`,
    ...quarantined.map(([code, images]) => `  ${code}: ${images}`),
    ...(embeddedWith.length < 2 ? [] : [`  embedded with ${embeddedWith.length} different settings (threads, batch, versions): last bits may differ from a run in one piece`]), // prettier-ignore
    ...listed('begun and not ended (killed, stopped, or still at work)', shards.begun),
    ...listed('not begun', shards.missing),
    ...listed('done, but with vectors that the store has not', shards.lost),
    ...(again.length === 0 ? [] : ['To embed them (what is stored already is found):']),
    ...again.slice(0, MOST_COMMANDS).map((number) => `  ${shownLines(shardCommand(merged, number))}`),
    ...(again.length > MOST_COMMANDS ? [`  ... and ${again.length - MOST_COMMANDS} more; --json lists all`] : []),
    ...(again.length > 0 && /--shard[= ]auto/.test(merged.commandLine) ? [`  or, with the same job script (deploy/slurm.sbatch): sbatch --array=${again.join(',')}`] : []), // prettier-ignore
  ]
}

function listed(what: string, numbers: readonly number[]): string[] {
  return numbers.length === 0 ? [] : [`  ${what}: ${numbers.join(', ')}`]
}

function notDone({ shards }: MergedDataset): number[] {
  return [...shards.begun, ...shards.missing, ...shards.lost].sort((a, b) => a - b)
}

function commands(merged: readonly MergedDataset[], target: string): string[] {
  const all = merged.map(({ commandLine }) => auditCommand(commandLine, shownArgument(target)))
  return [...new Set(all)].map((command) => `  ${shownLines(command)}`)
}
