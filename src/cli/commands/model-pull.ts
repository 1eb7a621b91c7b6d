import { Option, type Command } from 'commander'
import { DTYPE_SUFFIXES, DTYPES, type Dtype } from '../../audit/types/dtype.js'
import { addPullOptions, HUB_HELP } from '../pull-options.js'
import type { PullFlags } from '../run-pull-command.js'

type ModelPullFlags = PullFlags & { dtype: Dtype; withWeights?: boolean }

/** `probity model pull`: a model folder from a hub, checked and pinned. */
export function addModelPull(model: Command): void {
  const pull = model
    .command('pull')
    .summary('fetch a model folder from a hub, checked and pinned to a commit')
    .argument('<org/name[@revision]>', 'repository, at a branch, tag or commit (default: main)')
    .addOption(new Option('--dtype <precision>', 'precision of the encoders').choices(DTYPES).default('fp32'))
    .option('--with-weights', 'model.safetensors as well, from which a logit scale can be read')
  addPullOptions(pull)
  pull
    .addHelpText(
      'after',
      `
Examples:
  probity model pull Xenova/clip-vit-base-patch32 --to clip-vit-b32
  probity model pull Xenova/siglip-base-patch16-224 --dtype fp16 --yes
${HUB_HELP}`,
    )
    .action(async (name: string, { dtype, withWeights = false, ...flags }: ModelPullFlags) => {
      const { pullFromCommandLine } = await import('../run-pull-command.js')
      await pullFromCommandLine(name, { kind: 'model', dtype, suffix: DTYPE_SUFFIXES[dtype], withWeights }, flags)
    })
}
