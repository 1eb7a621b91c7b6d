import { Option, type Command } from 'commander'
import { addIsolationOptions } from './isolation-options.js'
import { DEVICES_ASKED } from '../audit/types/device.js'

/** Options that say which images are embedded by which model; `audit` and `embed` share them. `hasModel` false: those of the dataset alone. */
export function addEvidenceOptions(
  command: Command,
  { hasModel }: { readonly hasModel: boolean } = { hasModel: true },
): void {
  command.optionsGroup(hasModel ? 'What is audited:' : 'Which dataset:')
  if (hasModel)
    command.option(
      '--model <folder>',
      'model folder: config.json, tokenizer.json, onnx/vision_model.onnx, onnx/text_model.onnx (repeatable)',
      collect,
    )
  command
    .option(
      '--dataset <format>',
      'fairface, utkface, celeba, casual-conversations, casual-conversations-2, facet, miap, cfd, lfw; csv, jsonl; or parquet, imagefolder, webdataset',
    )
    .option(
      '--images <folder>',
      'folder that the image column is relative to; of webdataset, the tar file or a folder of them',
    )
    .option(
      '--labels <file>',
      'label file; none for utkface, cfd, imagefolder and webdataset; of parquet, the file or a folder of them',
    )
    .option(
      '--map <attribute=column>',
      'which column holds an attribute; image, id, subject and box=x,y,w,h are reserved, and image={id}.jpg makes a name (repeatable)',
      collect,
    )
    .option(
      '--join <csv>',
      'a file with more columns, joined by image name; name them with --map (repeatable)',
      collect,
    )
    .option('--encoding <name>', 'of the label file, such as cp949 or latin1 (default utf-8)')
    .option('--delimiter <character>', 'between the fields of the label file: one character, or tab (default a comma)')
    .option('--box-padding <share>', 'what is added on each side of a box, as a share of its longer side (default 0)')
    .option('--crop <padding>', 'FairFace crop: 0.25 or 1.25; part of the identity of the dataset')
    .option(
      '--where <attribute=values>',
      'keep only these rows, e.g. race=Black,White; the others count as excluded (repeatable)',
      collect,
    )
    .addOption(new Option('--unknown-values <what>', 'a value outside the list').choices(['refuse', 'keep']))
    .option('--follow-outside', 'allow image paths that leave the image folder')
}

/** Options that say how images become vectors and where vectors are kept. */
export function addEmbeddingOptions(command: Command): void {
  command
    .optionsGroup('How images are embedded:')
    .option(
      '--dtype <word>',
      'precision of the encoder files: fp32 (default), fp16, q8, int8, uint8, q4, q4f16, bnb4; vision=fp16,text=q8 where they differ; auto (audit, plan) takes a faster one that moves few decisions of a sample',
    )
    .addOption(
      new Option(
        '--resize <mode>',
        "exact: Pillow's pixels to the last bit; fast: sharp's, near but not equal",
      ).choices(['exact', 'fast']),
    )
  addInferenceOptions(command, {
    batch: 'as the stored vectors, else 32',
    auto: '; auto: as the stored vectors, else by trying',
  })
  addStoreOption(command)
  command
    .option('--no-store', 'embed everything again and keep nothing')
    .option('--rehash', 'read every image again to see whether it is still the one that was embedded')
    .option('--yes', 'do not ask before a run of an hour or more (asked on a terminal alone)')
    .option('--json', 'the result as JSON on stdout, and progress as one JSON object a line on stderr')
}

/** Options that say how a model is run on this machine. `auto`: what is said of that word, where threads and batch may be left open. */
export function addInferenceOptions(
  command: Command,
  { batch, auto = '' }: { readonly batch: string; readonly auto?: string },
): void {
  command
    .option('--threads <number>', `threads for inference (default: all cores${auto})`)
    .option('--batch <number>', `images per inference call (default: ${batch}${auto})`)
    .addOption(
      new Option(
        '--device <device>',
        'what embeds images (default: cpu); auto takes the first GPU that gives the vectors of the CPU, faster, and says why not the others',
      ).choices([...DEVICES_ASKED]),
    )
  addIsolationOptions(command)
}

export function addStoreOption(
  command: Command,
  words = "where vectors are kept (default: PROBITY_STORE, else the system's cache folder)",
): void {
  command.option('--store <folder>', words)
}

export function collect(value: string, earlier: string[] = []): string[] {
  return [...earlier, value]
}
