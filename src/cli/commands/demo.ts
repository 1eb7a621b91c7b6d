import { Option, type Command } from 'commander'
import type { DemoFlags } from '../run-demo.js'
import { localeOption } from '../locale-option.js'

/** `probity demo`: the phantom, a simulated dataset and a constructed model whose rates are known. */
export function addDemo(program: Command): void {
  program
    .command('demo')
    .summary('audit simulated data, offline, in a minute')
    .description(
      'Builds the phantom - simulated images and a constructed model with known, planted rates - and audits it through the whole real path. Says nothing about any model or any people.',
    )
    .option('--out <folder>', 'where everything goes', 'probity-demo')
    .addOption(localeOption())
    .addOption(
      new Option('--sampling <how>', 'planted counts exactly, or each image drawn with its planted rate')
        .choices(['quota', 'bernoulli'])
        .default('quota'),
    )
    .option('--seed <number>', 'seed of the simulated data', '1')
    .option('--world <file>', 'another world: what is planted')
    .addHelpText('after', '\nExamples:\n  probity demo\n  probity demo --sampling bernoulli --seed 7 --out phantom-7')
    .action(async (flags: DemoFlags) => {
      const { runDemo } = await import('../run-demo.js')
      return runDemo(flags)
    })
}
