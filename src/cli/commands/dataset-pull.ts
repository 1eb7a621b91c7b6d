import type { Command } from 'commander'
import { collect } from '../options.js'
import { addPullOptions, HUB_HELP } from '../pull-options.js'
import type { PullFlags } from '../run-pull-command.js'

type DatasetPullFlags = PullFlags & { config?: string; split?: string; include?: string[] }

/** `probity dataset pull`: the Parquet files of a dataset from a hub, checked and pinned. */
export function addDatasetPull(dataset: Command): void {
  const pull = dataset
    .command('pull')
    .summary('fetch the Parquet files of a dataset from a hub, checked and pinned to a commit')
    .argument('<org/name[@revision]>', 'repository, at a branch, tag or commit (default: main)')
    .option('--config <name>', 'one configuration of the dataset (default: all)')
    .option('--split <name>', 'one split of it, such as validation (default: all)')
    .option('--include <pattern>', "other files than Parquet, e.g. 'labels/*.csv' or images/ (repeatable)", collect)
  addPullOptions(pull)
  pull
    .addHelpText(
      'after',
      `
Examples:
  probity dataset pull org/faces --config 0.25 --split validation --to faces
  probity dataset pull org/faces@refs/convert/parquet       the copy that the hub converts
${HUB_HELP}`,
    )
    .action(async (name: string, { config, split, include = [], ...flags }: DatasetPullFlags) => {
      const what = { kind: 'dataset', config: config ?? null, split: split ?? null, include } as const
      const { pullFromCommandLine } = await import('../run-pull-command.js')
      await pullFromCommandLine(name, what, flags)
    })
}
