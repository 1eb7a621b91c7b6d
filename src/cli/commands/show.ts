import { Option, type Command } from 'commander'
import { collect } from '../options.js'
import type { ShowImagesFlags } from '../run-show-images-command.js'

/** `probity show`: one probe, label set, policy, template family or grid, resolved; and `probity show images`. */
export function addShow(program: Command): void {
  const show = program
    .command('show')
    .summary('show one probe, label set, policy, template family or grid, with extends resolved')
    .argument('<id|file>', 'a shipped id or a YAML file')
    .option('--json', 'the resolved definition as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  probity show clip-paper-child\n  probity show denigration --json\n  probity show images run/audit.json --group race=Black --outcome non-human',
    )
    .action(async (idOrFile: string, flags: { json?: boolean }) => {
      const { findDefinition } = await import('../find-definition.js')
      const { describeDefinition } = await import('../describe-definition.js')
      const { shownLines } = await import('../shown.js')
      const found = findDefinition(idOrFile)
      process.stdout.write(flags.json ? `${JSON.stringify(found, null, 2)}\n` : shownLines(describeDefinition(found)))
    })
  addShowImages(show)
}

const EXAMPLES_OF_IMAGES = `
Examples:
  probity audit ... --decisions --out run
  probity show images run/audit.json --group race=Black --outcome non-human
  probity show images run/audit.json --group race=Black,gender=Male --outcome crime --label-set clip-paper-child
  probity show images run/audit.json --group age-19=0-19 --outcome flagged --csv look-at-these.csv`

/** `probity show images`: the images behind a count, from decisions that were kept on this machine. */
function addShowImages(show: Command): void {
  show
    .command('images')
    .summary('list the images behind a count, from decisions kept with --decisions')
    .description(
      'Lists the images behind a count of an audit: their labels, runners-up and leads. It reads what probity audit --decisions kept on this machine and sends nothing anywhere.',
    )
    .argument('<audit.json>', 'the saved audit')
    .requiredOption('--outcome <id>', 'outcome of a probe, or outcome category of the label set')
    .option(
      '--group <attribute=value>',
      'race=Black, or race=Black,gender=Male (repeatable; default: all images)',
      collect,
    )
    .option('--label-set <id>', 'where the audit has more than one')
    .option('--evidence <id>', 'e1, e2, ..., where the audit has more than one model')
    .option('--decisions <csv>', 'the decisions (default: decisions.csv beside the audit)')
    .option('--images <csv>', 'the images and their annotations (default: images.csv beside the decisions)')
    .addOption(new Option('--sort <by>', 'largest first').choices(['margin', 'similarity']).default('margin'))
    .option('--limit <number>', 'images to list; --json and --csv have all of them', '20')
    .option('--csv <file>', 'also write the whole list')
    .option('--json', 'the whole list as JSON')
    .addHelpText('after', EXAMPLES_OF_IMAGES)
    .action(async (audit: string, _own: unknown, command: Command) => {
      const { showImagesFromCommandLine } = await import('../run-show-images-command.js')
      // with those of `show`, which has --json too and is given it first
      return showImagesFromCommandLine(audit, command.optsWithGlobals<ShowImagesFlags>())
    })
}
