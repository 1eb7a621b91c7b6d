import type { Command } from 'commander'
import { addEmbeddingOptions, addEvidenceOptions } from '../options.js'
import { addQueueOptions, SHARD_SIZE } from '../queue-options.js'
import type { EmbedFlags } from '../run-embed-command.js'

const EXAMPLES = `
Examples:
  # once; stop it with Ctrl-C and run it again to go on
  probity embed --model clip-vit-b32 --dataset fairface \\
                --images fairface --labels fairface/fairface_label_val.csv

  # then audit all day: these open no image
  probity audit ... --label-set clip-paper --out run-1
  probity audit ... --label-set clip-paper-child --out run-2

  # four machines, one store: each does a quarter, in any order
  probity embed ... --store /shared/store --shard 1/4

  # by the workers of a queue, started with: probity worker --queue redis://queue.internal
  probity embed ... --store /shared/store --queue redis://queue.internal

  # the vectors for other tools: numpy.load("vectors.npy"), rows named in vectors.csv
  probity embed ... --export vectors.npy`

/** `probity embed`: images to vectors, and nothing else. */
export function addEmbed(program: Command): void {
  const command = program
    .command('embed')
    .summary('embed the images of a dataset once, so that audits need not')
    .description(
      'Embeds the images of a dataset and keeps the vectors in a store. An image that was embedded before, and has not changed, is not opened.',
    )
    .argument('[plan]', 'audit.yaml; only its models, dataset and resize are looked at')
  addEvidenceOptions(command)
  addEmbeddingOptions(command)
  command
    .optionsGroup('On several machines:')
    .option(
      '--shard <i/n>',
      'embed one of n shares of the rows, beside the processes that embed the others; auto/n, or auto, takes i from a SLURM array or an indexed Kubernetes job',
    )
  addQueueOptions(command)
    .option('--shard-size <rows>', `rows in a shard that a queue hands out (default: ${SHARD_SIZE})`)
    .optionsGroup('What it writes:')
    .option(
      '--export <file>',
      'also write the vectors, as .npy or .safetensors; a .csv of the same name names the rows, and a .yaml is for --from-embeddings',
    )
  command.addHelpText('after', EXAMPLES)
  command.action(async (plan: string | undefined, flags: EmbedFlags) => {
    const { embedFromCommandLine } = await import('../run-embed-command.js')
    return embedFromCommandLine(plan, flags)
  })
}
