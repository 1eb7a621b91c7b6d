import type { Command } from 'commander'
import type { PolicyLintFlags } from '../run-policy-lint-command.js'

const EXAMPLES = `
Examples:
  probity policy lint four-fifths                          at the group sizes of FairFace's validation images
  probity policy lint mine.yaml --groups run/audit.json    at those of your own data, grouping by grouping
  probity policy lint mine.yaml --audits 2000 --seed 7

Exit codes: 0 no warning · 1 a warning · 2 bad usage or definition`

/** `probity policy`: what a policy would do before it is used. */
export function addPolicy(program: Command): void {
  const policy = program.command('policy').summary('see what the limits of a policy would do before it is used')
  policy
    .command('lint')
    .summary('which limits would chance alone fail?')
    .description(
      'Simulates audits whose groups are all alike, at the sizes of your groups, through the path of real ones, and counts how often each limit fails by chance alone and, in mode assurance, how often it could pass.',
    )
    .argument('<id or file>', 'the policy')
    .option('--groups <audit.json>', 'group sizes of this saved audit')
    .option('--seed <number>', 'seed of the simulation', '1')
    .option('--audits <number>', 'simulated audits for each rate and grouping', '200')
    .option('--json', 'machine-readable result')
    .addHelpText('after', EXAMPLES)
    .action(async (idOrFile: string, flags: PolicyLintFlags) =>
      (await import('../run-policy-lint-command.js')).policyLintFromCommandLine(idOrFile, flags),
    )
}
