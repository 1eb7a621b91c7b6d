import type { Command } from 'commander'

/** `probity validate`: is a definition well-formed? Reads no image and no model. */
export function addValidate(program: Command): void {
  program
    .command('validate')
    .summary('check plans, probes, label sets, policies, templates, grids and embeddings.yaml without running anything')
    .argument('<file...>', 'YAML files, saved audits or saved curves')
    .option('--json', 'machine-readable result')
    .addHelpText('after', '\nExample:\n  probity validate audit.yaml label-sets/mine.yaml')
    .action(async (files: string[], flags: { json?: boolean }) => {
      const { ProbityError } = await import('../../audit/errors.js')
      const { validateFile } = await import('../../audit/definitions/validate-file.js')
      const results = files.map((file) => {
        try {
          return { file, valid: true, ...validateFile(file), faults: [] }
        } catch (error) {
          if (!(error instanceof ProbityError)) throw error
          return { file, valid: false, faults: error.faults, message: error.message }
        }
      })
      const allValid = results.every(({ valid }) => valid)
      if (flags.json) process.stdout.write(`${JSON.stringify({ valid: allValid, files: results }, null, 2)}\n`)
      else
        for (const result of results)
          process.stdout.write(
            'kind' in result ? `ok     ${result.file} (${result.kind} ${result.id})\n` : `${result.message}\n`,
          )
      process.exitCode = allValid ? 0 : 2
    })
}
