import type { Command } from 'commander'

/** `probity validate`: is a definition well-formed? Reads no image and no model. */
export function addValidate(program: Command): void {
  program
    .command('validate')
    .summary('check plans, probes, label sets, policies, templates, grids and embeddings.yaml without running anything')
    .argument('<file...>', 'YAML files, saved audits or saved curves')
    .option('--without-data', 'let a plan name models, images and labels that are not on this machine')
    .option('--skip-others', "leave out files that hold none of Probity's keys, instead of refusing them")
    .option('--json', 'machine-readable result')
    .addHelpText(
      'after',
      '\nExamples:\n  probity validate audit.yaml label-sets/mine.yaml\n  probity validate --without-data --skip-others $(git ls-files "*.yaml")',
    )
    .action(async (files: string[], flags: { withoutData?: boolean; skipOthers?: boolean; json?: boolean }) => {
      const { checkFile, describeCheck } = await import('../check-file.js')
      const rules = { withoutData: flags.withoutData ?? false, skipOthers: flags.skipOthers ?? false }
      const results = files.map((file) => checkFile(file, rules))
      const allValid = results.every(({ valid }) => valid)
      if (flags.json) process.stdout.write(`${JSON.stringify({ valid: allValid, files: results }, null, 2)}\n`)
      else process.stdout.write(results.map((result) => `${describeCheck(result)}\n`).join(''))
      process.exitCode = allValid ? 0 : 2
    })
}
