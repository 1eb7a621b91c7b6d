import type { Command } from 'commander'
import { addEmbeddingOptions, addEvidenceOptions } from '../options.js'
import type { CurveCommandFlags } from '../run-curve-command.js'
import { localeOption } from '../locale-option.js'

const EXAMPLES = `
Examples:
  # 640 ways of asking for the classes of the CLIP paper
  probity curve clip-paper-choices --model clip-vit-b32 --dataset fairface --crop 0.25 \\
                --images fairface --labels fairface/fairface_label_val.csv --out curve

  # your own choices: docs/specification-curves.md says how to write them down
  probity validate my-grid.yaml
  probity curve my-grid.yaml ...

  # every number again from the counts
  probity verify curve/curve.json`

/** `probity curve`: the same images under every combination of templates, words and neutral labels. */
export function addCurve(program: Command): void {
  const command = program
    .command('curve')
    .summary('how much hangs on templates, words and neutral labels: a specification curve')
    .description(
      'Decides the same images under every combination of the choices in a grid, and says how often a disparity holds, what moves it, and what chance alone would give. Writes curve.json and its reports.',
    )
    .argument('<grid>', 'a shipped grid or a YAML file; probity list grids prints what is shipped')
  addEvidenceOptions(command)
  command
    .optionsGroup('What is drawn:')
    .option('--draws <number>', "random redistributions behind what chance alone gives (default: the grid's, else 999)")
    .option('--seed <number>', "of these redistributions (default: the grid's, else 1)")
    .optionsGroup('What it writes:')
    .option('--out <folder>', 'where the results go (default probity-curve)')
    .addOption(localeOption())
  addEmbeddingOptions(command)
  command.addHelpText('after', EXAMPLES)
  command.action(async (grid: string, flags: CurveCommandFlags) => {
    const { curveFromCommandLine } = await import('../run-curve-command.js')
    return curveFromCommandLine(grid, flags)
  })
}
