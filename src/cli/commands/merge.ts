import type { Command } from 'commander'
import { addStoreOption } from '../options.js'
import type { MergeFlags } from '../run-merge-command.js'

const EXAMPLES = `
Examples:
  # the shards wrote into one store that all machines share: is every one done?
  probity merge --store /shared/store

  # each machine wrote into a store of its own: bring their vectors together
  probity merge store-1 store-2 store-3 store-4 --store merged

Exits with 3 while a shard is missing, was not ended, or lacks vectors, and prints the commands that embed it again.
No image is opened. Unreadable images are not kept in a store: the audit finds them again.`

/** `probity merge`: the shards of a dataset, brought together and counted. */
export function addMerge(program: Command): void {
  const command = program
    .command('merge')
    .summary('bring the shards of embed --shard together, and say whether all are done')
    .description(
      'Copies the vectors of stores on other disks into one, and says whether every shard of every dataset in it is done, with every vector in place.',
    )
    .argument('[stores...]', 'stores to copy from; none where the shards shared the store')
    .option('--plan <file>', 'audit.yaml: look at the shards of its dataset alone')
    .option('--json', 'machine-readable')
  addStoreOption(command)
  command.addHelpText('after', EXAMPLES)
  command.action(async (stores: string[], flags: MergeFlags) => {
    const { mergeFromCommandLine } = await import('../run-merge-command.js')
    return mergeFromCommandLine(stores, flags)
  })
}
