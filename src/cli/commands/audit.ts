import { Option, type Command } from 'commander'
import type { PlanFlags } from '../../audit/definitions/read-plan.js'

const EXAMPLES = `
Examples:
  # FairFace and a CLIP export in the transformers.js layout
  probity audit --model clip-vit-b32 --dataset fairface --crop 0.25 \\
                --images fairface --labels fairface/fairface_label_val.csv --out run

  # the same images under two class designs: how much is due to the label set?
  probity audit ... --label-set clip-paper --label-set clip-paper-child

  # your own table: say which column holds what
  probity audit --model m --dataset csv --labels people.csv --images photos \\
                --map image=file --map race=ethnicity --map gender=sex

  # decisions made elsewhere, no model needed
  probity audit --dataset fairface --labels labels.csv --label-set clip-paper \\
                --from-decisions decisions.csv --out run

  # in CI: exit 1 when a disparity towards harm is found
  probity audit audit.yaml --fail-on disparity`

type AuditFlags = PlanFlags & { threads?: number; batch?: number }

/** `probity audit`: the main job. With nothing named at all it says so and audits the simulated data. */
export function addAudit(program: Command): void {
  const command = program
    .command('audit')
    .summary('audit a model over a labelled face dataset under one or more label sets')
    .description('Audits a model over a labelled face dataset: audit.json, report.html, report.md and CSV tables.')
    .argument('[plan]', 'audit.yaml; every part of it can also be given by a flag, and a flag wins')
  addEvidenceOptions(command)
  addQuestionOptions(command)
  addOutputOptions(command)
  command.addHelpText('after', EXAMPLES)
  command.action(async (plan: string | undefined, flags: AuditFlags) => {
    if (plan === undefined && Object.keys(flags).length === 0) {
      process.stderr.write(
        'Nothing was named to audit, so this runs the demonstration on simulated data. See: probity audit --help\n',
      )
      const { runDemo } = await import('../run-demo.js')
      return runDemo({})
    }
    const { auditFromCommandLine } = await import('../run-audit-command.js')
    return auditFromCommandLine(plan, flags)
  })
}

function addEvidenceOptions(command: Command): void {
  command
    .optionsGroup('What is audited:')
    .option(
      '--model <folder>',
      'model folder: config.json, tokenizer.json, onnx/vision_model.onnx, onnx/text_model.onnx',
      collect,
    )
    .option('--dataset <format>', 'fairface, csv or jsonl')
    .option('--images <folder>', 'folder that the image column is relative to')
    .option('--labels <file>', 'label file')
    .option(
      '--map <attribute=column>',
      'which column holds an attribute; image and subject are reserved (repeatable)',
      collect,
    )
    .option('--crop <padding>', 'FairFace crop: 0.25 or 1.25; part of the identity of the dataset')
    .option(
      '--where <attribute=values>',
      'keep only these rows, e.g. race=Black,White; the others count as excluded (repeatable)',
      collect,
    )
    .addOption(new Option('--unknown-values <what>', 'a value outside the list').choices(['refuse', 'keep']))
    .option('--follow-outside', 'allow image paths that leave the image folder')
    .option('--from-decisions <csv>', 'audit decisions made elsewhere: columns image, labelSet, label')
}

function addQuestionOptions(command: Command): void {
  command
    .optionsGroup('What is asked:')
    .option('--probe <id|file>', 'probe (repeatable; default denigration)', collect)
    .option('--label-set <id|file>', "label set (repeatable; default: the probe's own)", collect)
    .option('--reference <who>', 'whom groups are compared with: rest (default), overall, best, or race=White')
    .option('--policy <id|file>', 'limits set before the run (default: default)')
    .option('--fail-on <verdict>', 'exit 1 on this verdict: disparity (repeatable)', collect)
    .option('--seed <number>', 'recorded with the audit; nothing in an audit is random yet')
}

function addOutputOptions(command: Command): void {
  command
    .optionsGroup('How it runs and what it writes:')
    .option('--out <folder>', 'where the results go (default probity-audit)')
    .option('--decisions', 'also write decisions.csv: one row per image and label set')
    .addOption(
      new Option(
        '--resize <mode>',
        "exact: Pillow's pixels to the last bit; fast: sharp's, near but not equal",
      ).choices(['exact', 'fast']),
    )
    .option('--threads <number>', 'threads for inference (default: all cores)', wholeNumber('--threads'))
    .option('--batch <number>', 'images per inference call', wholeNumber('--batch'))
}

function collect(value: string, earlier: string[] = []): string[] {
  return [...earlier, value]
}

function wholeNumber(flag: string): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (Number.isSafeInteger(value) && value > 0 && value <= 4096) return value
    process.stderr.write(
      `command line: ${flag}: expected a whole number from 1 to 4096 but received ${JSON.stringify(text)}\n`,
    )
    process.exit(2)
  }
}
