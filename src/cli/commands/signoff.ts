import type { Command } from 'commander'
import type { SignoffCheck } from '../../audit/run-signoff-check.js'

/** `probity signoff`: who stands behind a report, and what keeps it from being final. */
export function addSignoff(program: Command): void {
  const signoff = program.command('signoff').summary('sign a report: write signoff.yaml, and see what it lacks')
  signoff
    .command('new')
    .summary('write a signoff.yaml to fill in, beside the audit')
    .description(
      'Writes a commented signoff.yaml for a saved audit, with what the plan stated and one line for each disparity towards harm. Never replaces a file.',
    )
    .argument('<audit.json>', 'the saved audit')
    .option('--out <file>', 'where it goes (default: signoff.yaml beside the audit)')
    .addHelpText('after', '\nExample:\n  probity signoff new run/audit.json')
    .action(async (file: string, flags: { out?: string }) => {
      const { runSignoffNew } = await import('../../audit/run-signoff-new.js')
      const { shownPath } = await import('../shown.js')
      const { path, blanks } = await runSignoffNew(file, flags.out ?? null)
      process.stdout.write(
        `Written: ${shownPath(path)}, a draft with ${blanks} blank fields that a final report needs.\nFill it in, then: probity signoff check ${file}\n`,
      )
    })
  signoff
    .command('check')
    .summary('list every blank field that keeps a report from being final')
    .description(
      'Lists every blank field of the sections 3, 5, 14 and 19 of the report, with its line. Exit 0 if the report may be final, 1 if not.',
    )
    .argument('<audit.json>', 'the saved audit')
    .option('--signoff <file>', 'the sign-off (default: signoff.yaml beside the audit)')
    .option('--on <day>', 'day on which expiry is judged, as 2027-11-27 (default: today)')
    .option('--json', 'machine-readable result')
    .addHelpText('after', '\nExample:\n  probity signoff check run/audit.json')
    .action(async (file: string, flags: { signoff?: string; on?: string; json?: boolean }) => {
      const { runSignoffCheck } = await import('../../audit/run-signoff-check.js')
      const { expiryDay } = await import('../signoff-expiry.js')
      const checked = await runSignoffCheck(file, flags.signoff ?? null, expiryDay(flags.on))
      process.stdout.write(flags.json === true ? `${JSON.stringify(checked, null, 2)}\n` : asText(checked))
      process.exitCode = checked.mayBeFinal ? 0 : 1
    })
}

function asText({ status, mayBeFinal, expires, isExpired, blanks }: SignoffCheck): string {
  const lines = blanks.map(({ at, field, section }) => `${at}: ${field}: blank (section ${section})\n`)
  if (isExpired) return `${lines.join('')}It was to be relied on until ${expires ?? ''}: this sign-off has expired.\n`
  if (!mayBeFinal) {
    const count = blanks.length === 1 ? 'One field is blank' : `${blanks.length} fields are blank`
    return `${lines.join('')}${count}: the report stays a draft.\n`
  }
  return status === 'final'
    ? 'Nothing is blank, and the status is final.\n'
    : 'Nothing is blank: set status to final, and write the report again with probity report.\n'
}
