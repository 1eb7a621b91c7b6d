import { Option, type Command } from 'commander'

/** `probity report`: the reports again, from audit.json alone. */
export function addReport(program: Command): void {
  program
    .command('report')
    .summary('write reports from a saved audit.json')
    .description('Writes reports from a saved audit.json, without running anything.')
    .argument('<audit.json>', 'the saved audit')
    .addOption(
      new Option('--format <format...>', 'html, md, csv')
        .choices(['html', 'md', 'csv'])
        .default(['html', 'md', 'csv'], 'all'),
    )
    .option('--out <folder>', 'where they go (default: beside audit.json)')
    .addHelpText(
      'after',
      '\nExamples:\n  probity report run/audit.json\n  probity report run/audit.json --format md --out review',
    )
    .action(async (file: string, flags: { format: ('html' | 'md' | 'csv')[]; out?: string }) => {
      const path = await import('node:path')
      const { readAudit } = await import('../../audit/audit-file/read-audit.js')
      const { writeReports } = await import('../../audit/write-results.js')
      const audit = await readAudit(file)
      const { auditId } = await import('../../audit/audit-file/audit-id.js')
      if (auditId(audit.facts, audit.derived) !== audit.auditId) {
        process.stderr.write(
          `warning: ${file} is not what probity wrote: its id does not fit. Check it with: probity verify\n`,
        )
      }
      const paths = await writeReports(audit, flags.out ?? path.dirname(file), [...new Set(flags.format)])
      process.stdout.write(paths.map((each) => `${each}\n`).join(''))
    })
}
