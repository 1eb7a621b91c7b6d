import { Option, type Command } from 'commander'
import type { GateFlags } from '../run-gate-command.js'

const EXAMPLES = `
Examples:
  probity gate run/audit.json                            the limits set before the run, waivers as of today
  probity gate run/audit.json --on 2027-01-31            waivers as of that day
  probity gate run/audit.json --policy four-fifths       another policy: declared after the run, and called so
  probity gate run/audit.json --fail-on disparity        any disparity towards harm, besides the limits
  probity gate run/audit.json --summary >> summary.md    a table for the summary of a job

Exit codes: 0 passed, or no gate requested · 1 failed · 2 bad usage or definition · 3 evidence incomplete, or mode assurance cannot tell`

/** `probity gate`: a saved audit against the limits of a policy. */
export function addGate(program: Command): void {
  program
    .command('gate')
    .summary('hold a saved audit against the limits of a policy')
    .description(
      'Derives families, verdicts and limits again from the counts of a saved audit.json, and exits as its gate says. No image and no model is opened.',
    )
    .argument('<audit.json>', 'the saved audit')
    .option('--policy <id or file>', 'another policy than the one the audit was made with')
    .addOption(
      new Option('--fail-on <verdict>', 'also exit 1 on any disparity towards harm, as in probity audit').choices([
        'disparity',
      ]),
    )
    .option('--on <date>', 'the day by which waivers are in force or expired (default: today, UTC)')
    .option('--json', 'machine-readable result')
    .option('--summary', 'a Markdown table')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, flags: GateFlags) =>
      (await import('../run-gate-command.js')).gateFromCommandLine(file, flags),
    )
}
