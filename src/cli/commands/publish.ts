import type { Command } from 'commander'

/** `probity publish`: what of an audit of private data may be given away. */
export function addPublish(program: Command): void {
  program
    .command('publish')
    .summary('write what of an audit of private data may be given away: no small counts')
    .description(
      'Writes published.json, published.md and published-rates.csv from a saved audit.json, without counts below a threshold and without anything they could be found from. Keep audit.json and its reports to yourself.',
    )
    .argument('<audit.json>', 'the saved audit')
    .option('--min-disclosed <number>', 'counts below this are not disclosed, zero included', '10')
    .option('--out <folder>', 'where the files go', 'published')
    .addHelpText(
      'after',
      '\nExamples:\n  probity publish run/audit.json --out for-the-web\n  probity publish run/audit.json --min-disclosed 5 --out for-the-web',
    )
    .action(async (file: string, flags: { minDisclosed: string; out: string }) =>
      (await import('../run-publish-command.js')).publishFromCommandLine(file, flags),
    )
}
