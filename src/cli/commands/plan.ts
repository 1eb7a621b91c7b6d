import type { Command } from 'commander'
import { addEmbeddingOptions, addEvidenceOptions } from '../options.js'
import { addQuestionOptions } from '../question-options.js'
import type { PlanCommandFlags } from '../run-plan-command.js'

const EXAMPLES = `
Examples:
  # what would this audit take? Then run it: what was measured need not be embedded again
  probity plan audit.yaml
  probity audit audit.yaml

  # rented machines: four of them at 1.20 an hour each
  probity plan audit.yaml --machines 4 --price 1.20`

/** `probity plan`: what a run will take, before it is started. */
export function addPlan(program: Command): void {
  const command = program
    .command('plan')
    .summary('what an audit will take: time, memory, disk and cost')
    .description(
      'Measures for some seconds how fast this machine embeds images of the dataset, and tells from that what an audit will take. The vectors it makes are kept.',
    )
    .argument('[plan]', 'audit.yaml; the flags are those of probity audit')
  addEvidenceOptions(command)
  addQuestionOptions(command)
  addEmbeddingOptions(command)
  command
    .optionsGroup('What is told:')
    .option('--machines <number>', 'share the images out over so many machines like this one')
    .option('--price <amount>', 'what an hour of one machine costs, in any currency')
  command.addHelpText('after', EXAMPLES)
  command.action(async (plan: string | undefined, flags: PlanCommandFlags) => {
    const { planFromCommandLine } = await import('../run-plan-command.js')
    return planFromCommandLine(plan, flags)
  })
}
