import type { Command } from 'commander'

/** `probity doctor`: what is installed, what is missing, what to do. */
export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .summary('check this machine: what is installed, what is missing, what to do')
    .option('--json', 'machine-readable result')
    .action(async (flags: { json?: boolean }) => {
      const { examine } = await import('../doctor.js')
      const checks = await examine()
      const healthy = checks.every(({ state }) => state !== 'missing')
      if (flags.json) process.stdout.write(`${JSON.stringify({ healthy, checks }, null, 2)}\n`)
      else {
        for (const { state, what, detail } of checks) process.stdout.write(`${state.padEnd(8)} ${what}: ${detail}\n`)
        process.stdout.write(healthy ? 'Ready. Try: probity demo\n' : 'Something needed is missing: see above.\n')
      }
      process.exitCode = healthy ? 0 : 1
    })
}
