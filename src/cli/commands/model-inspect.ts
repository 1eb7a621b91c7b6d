import type { Command } from 'commander'
import type { IsolationFlags } from '../isolation-asked.js'
import { addIsolationOptions } from '../isolation-options.js'

type InspectFlags = IsolationFlags & { dtype?: string; json?: boolean; writePreprocessor?: boolean }

/** `probity model inspect`: what is in a model folder, in plain words, and what is missing. */
export function addModelInspect(model: Command): void {
  const command = model
    .command('inspect')
    .summary('what a model folder holds, in plain words, what is missing, and what to do about it')
    .argument('<folder>', 'model folder, usable or not')
    .option('--dtype <word>', 'precision of the encoder files, as for audit (default: fp32)')
    .option('--write-preprocessor', 'write the preprocessor_config.json that open_clip_config.json stands for')
    .option('--json', 'everything as JSON')
    .addHelpText(
      'after',
      '\nExits with 2 where the folder cannot be used.\n\nExamples:\n  probity model inspect clip-vit-b32\n  probity model inspect mobileclip-s0 --write-preprocessor',
    )
    .action(async (folder: string, flags: InspectFlags) => {
      const { runModelInspect, writeProposedPreprocessor } = await import('../../audit/run-model-inspect.js')
      const { readDtypes } = await import('../../audit/definitions/read-dtypes.js')
      const { isolationAsked } = await import('../isolation-asked.js')
      const dtypes = readDtypes(flags.dtype)
      const isolation = isolationAsked(flags)
      let seen = await runModelInspect(folder, dtypes, isolation)
      if (flags.writePreprocessor === true) {
        const { shownPath } = await import('../shown.js')
        process.stderr.write(
          `Written: ${shownPath(await writeProposedPreprocessor(seen))}. Look at it before you use it.\n`,
        )
        seen = await runModelInspect(folder, dtypes, isolation)
      }
      const { describeModelInspection } = await import('../describe-model-inspect.js')
      if (!seen.isUsable) process.exitCode = 2
      process.stdout.write(flags.json ? `${JSON.stringify(seen, null, 2)}\n` : describeModelInspection(seen))
    })
  addIsolationOptions(command)
}
