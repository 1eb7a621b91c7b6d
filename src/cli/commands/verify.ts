import type { Command } from 'commander'

/** `probity verify`: does a saved audit follow from its own counts? */
export function addVerify(program: Command): void {
  program
    .command('verify')
    .summary('derive every number of a saved audit again from its counts')
    .description(
      'Checks a saved audit.json or curve.json: the rows add up, every rate, interval and verdict follows from the counts, and the id fits. Exit 1 if not.',
    )
    .argument('<audit.json>', 'the saved audit, or a saved specification curve')
    .option('--json', 'machine-readable result')
    .addHelpText('after', '\nExample:\n  probity verify run/audit.json')
    .action(async (file: string, flags: { json?: boolean }) => {
      const { readResult } = await import('../../audit/audit-file/read-result.js')
      const saved = await readResult(file)
      const checks =
        saved.kind === 'audit'
          ? (await import('../../audit/run-verify.js')).runVerify(saved.result)
          : (await import('../../audit/verify-curve.js')).verifyCurve(saved.result)
      const holds = checks.every((check) => check.holds)
      if (flags.json) process.stdout.write(`${JSON.stringify({ holds, checks }, null, 2)}\n`)
      else {
        for (const check of checks)
          process.stdout.write(`${check.holds ? 'ok   ' : 'WRONG'}  ${check.what}\n       ${check.detail}\n`)
        process.stdout.write(
          holds
            ? `The ${saved.kind} follows from its counts.\n`
            : 'This file is not what probity wrote: do not rely on it.\n',
        )
      }
      process.exitCode = holds ? 0 : 1
    })
}
