import type { Command } from 'commander'
import { addStoreOption } from '../options.js'
import type { PurgeFlags } from '../run-store-command.js'

type ShowFlags = { store?: string; json?: boolean }

/** `probity store ls|verify|purge`: what is kept between runs. */
export function addStore(program: Command): void {
  const store = program.command('store').summary('look at, check or empty the store of vectors')
  const list = store.command('ls').summary('what the store holds').option('--json', 'machine-readable')
  addStoreOption(list)
  list.action(async (flags: ShowFlags) => (await import('../run-store-command.js')).printStore(flags))

  const verify = store
    .command('verify')
    .summary('read every vector and hold it against its checksum')
    .option('--json', 'machine-readable')
    .addHelpText(
      'after',
      '\nExits with 1 when something is damaged. Damaged vectors are never used: the next run makes them again.',
    )
  addStoreOption(verify)
  verify.action(async (flags: ShowFlags) => (await import('../run-store-command.js')).verifyStore(flags))

  const purge = store
    .command('purge')
    .summary('remove vectors')
    .option('--model <name|hash>', 'those of one model, by its name or the first characters of its hash')
    .option('--dataset <images>', 'those of the images in this folder, by their content, whatever the model')
    .option('--all', 'everything')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      '\nExamples:\n  probity store purge --model clip-vit-b32\n  probity store purge --dataset fairface --yes',
    )
  addStoreOption(purge)
  purge.action(async (flags: PurgeFlags) => (await import('../run-store-command.js')).purgeStore(flags))
}
