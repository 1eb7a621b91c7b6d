import { Option, type Command } from 'commander'
import { addModelInspect } from './model-inspect.js'
import type { IsolationFlags } from '../isolation-asked.js'
import { addIsolationOptions } from '../isolation-options.js'
import { addModelPull } from './model-pull.js'
import { DEVICES_ASKED, type DeviceAsked } from '../../audit/types/device.js'

type CheckFlags = IsolationFlags & {
  text: string[]
  image: string[]
  json?: boolean
  resize: 'exact' | 'fast'
  dtype?: string
  device?: DeviceAsked
}

/** `probity model check`: token ids, pixels, tensors and vectors, so that anyone can hold us against Python. */
export function addModel(program: Command): void {
  const model = program.command('model').summary('fetch a model folder, or look at one')
  addModelPull(model)
  addModelInspect(model)
  const command = model
    .command('check')
    .summary('what Probity reads from a model folder, down to token ids and pixel hashes')
    .argument('<folder>', 'model folder')
    .addOption(
      new Option('--text <prompt>', 'a prompt as it is sent (repeatable)').argParser(collect).default([], 'none'),
    )
    .addOption(new Option('--image <file>', 'an image (repeatable)').argParser(collect).default([], 'none'))
    .option('--dtype <word>', 'precision of the encoder files, as for audit (default: fp32)')
    .addOption(
      new Option('--resize <mode>', "exact: Pillow's pixels; fast: sharp's")
        .choices(['exact', 'fast'])
        .default('exact'),
    )
    .addOption(
      new Option('--device <device>', 'what embeds images, tried and held against the CPU (default: cpu)').choices([
        ...DEVICES_ASKED,
      ]),
    )
    .option('--json', 'everything, with the vectors, as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  probity model check clip-vit-b32 --text "a photo of a cat" --image cat.jpg --json',
    )
    .action(async (folder: string, flags: CheckFlags) => {
      const { runModelCheck } = await import('../../audit/run-model-check.js')
      const { readDtypes } = await import('../../audit/definitions/read-dtypes.js')
      const { isolationAsked } = await import('../isolation-asked.js')
      const { text: texts, image: images, resize, device } = flags
      const dtype = readDtypes(flags.dtype)
      const result = await runModelCheck(folder, {
        texts,
        images,
        resize,
        dtype,
        device,
        isolation: isolationAsked(flags),
      })
      const { describeModelCheck } = await import('../describe-model-check.js')
      const unusable = result.images.some(({ fault }) => fault !== null) || result.texts.some(({ fits }) => !fits)
      if (unusable) process.exitCode = 2
      process.stdout.write(flags.json ? `${JSON.stringify(result, null, 2)}\n` : describeModelCheck(result))
    })
  addIsolationOptions(command)
}

function collect(value: string, earlier: string[]): string[] {
  return [...earlier, value]
}
