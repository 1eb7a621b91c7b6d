import type { Command } from 'commander'

/** `probity verify`: does a saved audit follow from its own counts? */
export function addVerify(program: Command): void {
  program
    .command('verify')
    .summary('derive rates, intervals and verdicts of a saved audit again from its counts')
    .description(
      'Checks a saved audit.json or curve.json: the rows add up, every rate, interval and verdict follows from the counts, and the id fits. Exit 1 if not.',
    )
    .argument('<audit.json>', 'the saved audit, or a saved specification curve')
    .option('--json', 'machine-readable result')
    .addHelpText('after', '\nExample:\n  probity verify run/audit.json')
    .action(async (file: string, flags: { json?: boolean }) => {
      const { readResult } = await import('../../audit/audit-file/read-result.js')
      const { shownLines } = await import('../shown.js')
      const saved = await readResult(file)
      const checks =
        saved.kind === 'audit'
          ? (await import('../../audit/run-verify.js')).runVerify(saved.result)
          : (await import('../../audit/verify-curve.js')).verifyCurve(saved.result)
      const holds = checks.every((check) => check.holds)
      const takenAsSeen =
        saved.kind === 'audit'
          ? (await import('../../audit/taken-as-seen.js')).countTakenAsSeen(saved.result.facts.observations)
          : 0
      if (flags.json) process.stdout.write(`${JSON.stringify({ holds, checks, takenAsSeen }, null, 2)}\n`)
      else {
        for (const check of checks)
          process.stdout.write(
            shownLines(`${check.holds ? 'ok   ' : 'WRONG'}  ${check.what}\n       ${check.detail}\n`),
          )
        process.stdout.write(
          holds
            ? `The ${saved.kind} follows from its counts.\n${takenAsSeenLine(takenAsSeen)}`
            : 'This file is not what probity wrote: do not rely on it.\n',
        )
      }
      process.exitCode = holds ? 0 : 1
    })
}

/** What cannot be checked from the file alone. */
function takenAsSeenLine(figures: number): string {
  if (figures === 0) return ''
  const these = figures === 1 ? 'One figure in it does not: it was' : `${figures} figures in it do not: they were`
  return `${these} measured on vectors or probabilities, which the file does not hold, and can only be taken as written.\n`
}
