import type { MergedDataset } from '../audit/run-merge.js'

const SHARD = / --shard[= ]\S+/
const STORE = / --store[= ](?:'(?:[^']|'\\'')*'|\S+)/

/** The command that embeds one shard again: as the shards were started, with this number. */
export function shardCommand({ commandLine, of }: Pick<MergedDataset, 'commandLine' | 'of'>, number: number): string {
  const started = isEmbed(commandLine) ? commandLine.replace(SHARD, '') : 'probity embed ...'
  return `${started} --shard ${number}/${of}`
}

/** The audit of what the shards embedded; label sets and the folder of the results are for whoever runs it. */
export function auditCommand(commandLine: string, store: string): string {
  const started = isEmbed(commandLine)
    ? commandLine
        .replace(SHARD, '')
        .replace(STORE, '')
        .replace(/ --json\b/, '')
    : 'probity embed ...'
  return `${started.replace('probity embed', 'probity audit')} --store ${store}`
}

/** Another program may have started them, or a queue. */
function isEmbed(commandLine: string): boolean {
  return commandLine.startsWith('probity embed ')
}
