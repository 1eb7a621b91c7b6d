import type { Command } from 'commander'
import { addEmbeddingOptions, addEvidenceOptions } from '../options.js'
import type { OverlapFlags } from '../run-overlap-command.js'

const EXAMPLES = `
Examples:
  # by pixels: copies that were resized, recompressed or cropped a little
  probity overlap --dataset fairface --images fairface --labels fairface/fairface_label_val.csv \\
                  --reference-images training-images --out overlap

  # by vectors as well: mark pairs in overlap/overlap-pairs.csv with yes or no, from the top, then use them
  probity overlap ... --model clip-vit-b32 --out overlap
  probity overlap ... --model clip-vit-b32 --marked overlap/overlap-pairs.csv --out overlap

  # what it does to accuracy
  probity audit ... --probe data-overlap --join overlap/overlap.csv --map overlap=overlap`

/** `probity overlap`: which audited images a reference set holds too. */
export function addOverlap(program: Command): void {
  const command = program
    .command('overlap')
    .summary('find the images of a dataset that a reference set, such as training data, holds too')
    .description(
      'Compares every image of a dataset with every image of a folder, by perceptual hashes and aligned pixels, and by the vectors of a model where one is named. Writes overlap.csv, which probity audit can join.',
    )
    .argument('[plan]', 'audit.yaml; only its model, dataset and resize are looked at')
  addEvidenceOptions(command)
  command
    .optionsGroup('What it is compared with:')
    .option('--reference-images <folder>', 'every JPEG, PNG and WebP below it')
    .option('--threshold <cosine>', 'take two images for the same from this cosine on')
    .option('--marked <csv>', 'overlap-pairs.csv with yes or no in its last column; the threshold is chosen from it')
    .option(
      '--precision <share>',
      'of the marked pairs from the threshold on, how many must be the same (default 0.98)',
    )
    .optionsGroup('What it writes:')
    .option('--out <folder>', 'where the results go (default probity-overlap)')
  addEmbeddingOptions(command)
  command.addHelpText('after', EXAMPLES)
  command.action(async (plan: string | undefined, flags: OverlapFlags) => {
    const { overlapFromCommandLine } = await import('../run-overlap-command.js')
    return overlapFromCommandLine(plan, flags)
  })
}
