import type { Command } from 'commander'
import { addEvidenceOptions } from '../options.js'
import type { InspectFlags } from '../run-dataset-inspect-command.js'

const EXAMPLES = `
Examples:
  # who is in it, and what can so many images show? no model, no image is opened
  probity dataset inspect --dataset fairface --labels fairface/fairface_label_val.csv

  # images as well: those that are repeated, and those that cannot be read
  probity dataset inspect --dataset csv --labels people.csv --images photos --map race=ethnicity --map gender=sex`

/** `probity dataset inspect`: what can be known of a dataset before it is audited. */
export function addDatasetInspect(dataset: Command): void {
  const command = dataset
    .command('inspect')
    .summary('who is in a dataset, what is wrong with it, and what can be concluded from it')
    .description(
      'Counts the groups of a dataset, what is unknown, repeated or unreadable, and says how large a difference so many images would show. No model is needed.',
    )
  addEvidenceOptions(command, { hasModel: false })
  command
    .optionsGroup('How it is judged:')
    .option('--policy <id|file>', 'whose minimum of images, margin and alpha (default: default)')
    .option('--json', 'the result as JSON on stdout')
  command.addHelpText('after', EXAMPLES)
  command.action(async (flags: InspectFlags) => {
    const { inspectFromCommandLine } = await import('../run-dataset-inspect-command.js')
    return inspectFromCommandLine(flags)
  })
}
