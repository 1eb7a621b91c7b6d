import type { Command } from 'commander'
import { addInferenceOptions, addStoreOption } from '../options.js'
import { addLostAfterOption, addQueueOptions } from '../queue-options.js'
import type { WorkerFlags } from '../run-worker-command.js'

const EXAMPLES = `
Examples:
  # on each machine, as many as it has room for; all see the same images, model and store under the same paths
  probity worker --queue redis://queue.internal

  # then, anywhere: hands out the shards, shows how far they are, and waits
  probity embed audit.yaml --store /shared/store --queue redis://queue.internal

Stop it with Ctrl-C or SIGTERM: the batches under way are kept, the shard is given back, and the exit code is 130.
docs/many-machines.md has what a queue needs, and what becomes of a worker that dies.`

/** `probity worker`: embeds the shards that `probity embed --queue` hands out. */
export function addWorker(program: Command): void {
  const command = program
    .command('worker')
    .summary('embed shards that a queue hands out, on this machine')
    .description('Takes shards of images from a queue on a Redis server and embeds them into the shared store.')
  addQueueOptions(command.optionsGroup('Which queue:')).option(
    '--until-empty',
    'end when no shard is left, waiting or under way (default: wait for more)',
  )
  addLostAfterOption(command).optionsGroup('How images are embedded:')
  addInferenceOptions(command, { batch: 'as the shard says' })
  addStoreOption(command, 'where vectors are kept (default: PROBITY_STORE, else as the shard says)')
  command.option('--json', 'the result as JSON on stdout, and progress as one JSON object a line on stderr')
  command.addHelpText('after', EXAMPLES)
  command.action(async (flags: WorkerFlags) => {
    const { workFromCommandLine } = await import('../run-worker-command.js')
    return workFromCommandLine(flags)
  })
}
