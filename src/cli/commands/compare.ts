import { Option, type Command } from 'commander'
import type { CompareFlags } from '../run-compare-command.js'
import { localeOption } from '../locale-option.js'

const EXAMPLES = `
Examples:
  # the same images, another model: what became of each finding?
  probity audit audit.yaml --model old-model --decisions --out before
  probity audit audit.yaml --model new-model --decisions --out after
  probity compare before/audit.json after/audit.json --out comparison

  # in CI: exit 1 when a group fares worse than in the audit that was signed
  probity compare signed/audit.json run/audit.json --fail-on worsened

With the decisions of both (probity audit --decisions keeps them) the same images are compared one by one.
Exit codes: 0 compared · 1 worsened, with --fail-on worsened · 2 bad usage · 3 nothing could be compared, with --fail-on worsened`

/** `probity compare`: two saved audits. */
export function addCompare(program: Command): void {
  program
    .command('compare')
    .summary('compare two saved audits: what differs, and what became of each finding')
    .description(
      'Compares two saved audits: says what else differs between them, and which findings were added, worsened, improved, are unchanged, gone or not comparable.',
    )
    .argument('<before>', 'audit.json of the first audit')
    .argument('<after>', 'audit.json of the second')
    .option('--decisions <csv...>', 'decisions.csv of the first and of the second audit (default: beside each)')
    .option('--out <folder>', 'also write comparison.html, .md, .csv and .json there')
    .addOption(localeOption())
    .addOption(new Option('--fail-on <change>', 'exit 1 on this change').choices(['worsened']))
    .option('--json', 'the comparison as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (before: string, after: string, flags: CompareFlags) =>
      (await import('../run-compare-command.js')).compareFromCommandLine([before, after], flags),
    )
}
