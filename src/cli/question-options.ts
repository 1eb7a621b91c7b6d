import type { Command } from 'commander'
import { collect } from './options.js'

/** Options that say what is asked of a model: probes, label sets, and by what they are judged. */
export function addQuestionOptions(command: Command): void {
  command
    .optionsGroup('What is asked:')
    .option('--probe <id|file>', 'probe (repeatable; default denigration)', collect)
    .option('--label-set <id|file>', "label set (repeatable; default: the probe's own)", collect)
    .option('--ablate', 'take labels out and add neutral ones, one at a time: which label makes the difference?')
    .option(
      '--alternative <text>',
      'neutral label to add, which asks for --ablate (repeatable; default: a person, a human being, a child, a face)',
      collect,
    )
    .option('--train <file>', 'label file of the images that a linear probe is fitted to; none of them may be audited')
    .option('--train-images <folder>', 'folder of those images')
    .option('--captions <csv>', 'captions among which images are tested: columns image, caption, role')
    .option(
      '--acknowledge <what>',
      'say that you know what a probe does that is refused otherwise: identity, which names people (repeatable)',
      collect,
    )
    .option('--reference <who>', 'whom groups are compared with: rest (default), overall, best, or race=White')
    .option('--policy <id|file>', 'limits set before the run (default: default)')
    .option('--fail-on <verdict>', 'exit 1 on this verdict: disparity (repeatable)', collect)
    .option(
      '--logit-scale <number>',
      'factor of the cosines of a model whose folder does not state its own, such as 100; probabilities need it',
    )
    .option('--logit-bias <number>', 'the same for the bias that models of the SigLIP kind have, such as -12.9')
    .option('--seed <number>', 'of the random redistributions behind what chance alone gives (default 1)')
}
