import { Option, type Command } from 'commander'
import { addStoreOption, collect } from '../options.js'
import type { LintFlags } from '../run-lint-command.js'

/** `probity label-set`: make, change and check a class design. */
export function addLabelSet(program: Command): void {
  const labelSet = program.command('label-set').summary('make, change and check a label set')
  addLint(labelSet)
}

function addLint(labelSet: Command): void {
  const command = labelSet
    .command('lint')
    .summary('known faults of wording, and what each does to a rate')
    .description(
      'Checks a label set for known faults: by its words alone, against the groups of a dataset, and against what a model makes of its prompts. It informs and approves of nothing.',
    )
    .argument('<id|file>', 'a shipped id or a YAML file')
  addLintEvidence(command)
  command
    .option('--strict', 'exit 1 when there is a warning (notes do not count)')
    .option('--json', 'machine-readable result')
    .addHelpText('after', LINT_EXAMPLES)
    .action(async (idOrFile: string, flags: LintFlags) => {
      const { lintFromCommandLine } = await import('../run-lint-command.js')
      return lintFromCommandLine(idOrFile, flags)
    })
}

const LINT_EXAMPLES = `
Examples:
  probity label-set lint clip-paper
  probity label-set lint mine.yaml --dataset fairface --labels fairface_label_val.csv
  probity label-set lint mine.yaml --audit run/audit.json --model clip-vit-b32 --json`

/** Options that say what a label set is checked against. */
function addLintEvidence(command: Command): void {
  command
    .optionsGroup('What it is checked against:')
    .option('--dataset <format>', 'fairface, csv or jsonl; only the label file is read, no image')
    .option('--labels <file>', 'label file')
    .option('--map <attribute=column>', 'which column holds an attribute (repeatable)', collect)
    .option('--where <attribute=values>', 'keep only these rows (repeatable)', collect)
    .addOption(new Option('--unknown-values <what>', 'a value outside the list').choices(['refuse', 'keep']))
    .option('--audit <audit.json>', 'the groups of a saved audit, instead of a dataset')
    .option('--model <folder>', 'model folder: what its text encoder makes of the prompts')
    .option('--probe <id|file>', 'probe whose outcomes are compared (repeatable; default: the shipped ones)', collect)
    .option('--threshold <probability>', 'from which you assign a label, as measures with a threshold do')
  addStoreOption(command)
  command.option('--no-store', 'keep no vectors of prompts')
}
