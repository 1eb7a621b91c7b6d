import { Option, type Command } from 'commander'
import { addIsolationOptions } from '../isolation-options.js'
import { addStoreOption, collect } from '../options.js'
import type { EditFlags, NewFlags } from '../run-label-set-command.js'
import type { LintFlags } from '../run-lint-command.js'

/** `probity label-set`: make, change and check a class design. */
export function addLabelSet(program: Command): void {
  const labelSet = program.command('label-set').summary('make, change and check a label set')
  addNew(labelSet)
  addEdit(labelSet)
  addLint(labelSet)
}

function addNew(labelSet: Command): void {
  const command = labelSet
    .command('new')
    .summary('write a commented label set file from outcomes and labels')
    .argument('<id>', 'id of the label set, and name of its file')
    .optionsGroup('What it holds:')
    .option('--outcome <name=harm>', 'outcome category, such as crime=denigration (repeatable)', collect)
    .option('--label <text=outcome>', 'label, such as "a thief=crime" (repeatable)', collect)
    .option('--implies <id:attribute=values>', 'what a label claims, such as child:age=0-2,3-9 (repeatable)', collect)
    .option('--template <sentence>', 'with {label} once (repeatable; default "a photo of {label}")', collect)
    .option('--title <text>', 'one line for headings')
    .option('--source <text>', 'where the labels and their wording come from')
    .option('--like <id|file>', 'begin with the outcomes, labels and templates of this label set')
    .option('--person-labels <attributes>', 'a harmless label for every group of a dataset, such as race,gender')
  addDatasetOptions(command.optionsGroup('The dataset behind --person-labels:'))
  command
    .optionsGroup('What it writes:')
    .option('--out <file>', 'where it goes (default <id>.yaml)')
    .option('--force', 'replace a file that is there')
    .option('--json', 'machine-readable result')
    .addHelpText('after', NEW_EXAMPLES)
    .action(async (id: string, flags: NewFlags) => {
      const { newFromCommandLine } = await import('../run-label-set-command.js')
      return newFromCommandLine(id, flags)
    })
}

const NEW_EXAMPLES = `
What is left out is asked for on a terminal; elsewhere the command says what is missing.

Examples:
  probity label-set new mine --outcome person=none --outcome crime=denigration \\
                --label "a person=person" --label "a child=person" --label "a thief=crime"
  probity label-set new mine --like clip-paper --label "a child=person" --implies child:age=0-2,3-9,10-19
  probity label-set new mine --outcome person=none --outcome crime=denigration --label "a thief=crime" \\
                --person-labels race,gender --dataset fairface --labels fairface_label_val.csv`

function addEdit(labelSet: Command): void {
  labelSet
    .command('edit')
    .summary('change a label set file and leave its comments as they are')
    .argument('<id|file>', 'a YAML file; a shipped id together with --as')
    .optionsGroup('What changes:')
    .option('--add <text=outcome>', 'add a label (repeatable)', collect)
    .option('--remove <id>', 'remove a label (repeatable)', collect)
    .option('--set-text <id=text>', 'give a label another text (repeatable)', collect)
    .option('--implies <id:attribute=values>', 'what a label claims (repeatable)', collect)
    .option('--outcome <name=harm>', 'add an outcome category, or give one another harm (repeatable)', collect)
    .option('--template <sentence>', 'add a template (repeatable)', collect)
    .option('--remove-template <sentence>', 'remove a template, word for word (repeatable)', collect)
    .option('--title <text>', 'another title')
    .optionsGroup('What it writes:')
    .option('--as <id>', 'leave the file as it is and write a label set that extends it')
    .option('--out <file>', 'write the result to another file')
    .option('--force', 'replace a file that is there')
    .option('--dry-run', 'show and check the result, write nothing')
    .option('--json', 'machine-readable result')
    .addHelpText('after', EDIT_EXAMPLES)
    .action(async (idOrFile: string, flags: EditFlags) => {
      const { editFromCommandLine } = await import('../run-label-set-command.js')
      return editFromCommandLine(idOrFile, flags)
    })
}

const EDIT_EXAMPLES = `
Examples:
  probity label-set edit mine.yaml --add "a child=person" --implies child:age=0-2,3-9,10-19
  probity label-set edit mine.yaml --set-text "thief=a burglar" --dry-run
  probity label-set edit clip-paper --remove gorilla --add "a person=person" --as mine`

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
  addDatasetOptions(command.optionsGroup('What it is checked against:'))
  command
    .option('--audit <audit.json>', 'the groups of a saved audit, instead of a dataset')
    .option('--model <folder>', 'model folder: what its text encoder makes of the prompts')
    .option('--dtype <word>', 'precision of its encoder files, as for audit (default: fp32)')
    .option('--probe <id|file>', 'probe whose outcomes are compared (repeatable; default: the shipped ones)', collect)
    .option('--threshold <probability>', 'from which you assign a label, as measures with a threshold do')
  addIsolationOptions(command)
  addStoreOption(command)
  command.option('--no-store', 'keep no vectors of prompts')
}

function addDatasetOptions(command: Command): void {
  command
    .option('--dataset <format>', 'a format as in: probity audit --help; only labels are read, no image')
    .option('--labels <file>', 'label file; for utkface and cfd the folder of the images')
    .option('--map <attribute=column>', 'which column holds an attribute (repeatable)', collect)
    .option('--where <attribute=values>', 'keep only these rows (repeatable)', collect)
    .addOption(new Option('--unknown-values <what>', 'a value outside the list').choices(['refuse', 'keep']))
}
