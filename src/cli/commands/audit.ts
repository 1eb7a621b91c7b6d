import { Option, type Command } from 'commander'
import { addEmbeddingOptions, addEvidenceOptions, collect } from '../options.js'
import type { AuditFlags } from '../run-audit-command.js'
import { addQuestionOptions } from '../question-options.js'
import { localeOption } from '../locale-option.js'

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

  # again with other labels: the images are not opened again, their vectors are stored
  probity audit ... --label-set my-labels.yaml --out run-2

  # decisions made elsewhere, no model needed
  probity audit --dataset fairface --labels labels.csv --label-set clip-paper \\
                --from-decisions decisions.csv --out run

  # vectors made elsewhere: no image is opened (docs/embeddings.md)
  probity audit --dataset fairface --labels labels.csv --from-embeddings vectors --out run

  # in CI: exit 1 when a disparity towards harm is found
  probity audit audit.yaml --fail-on disparity`

/** `probity audit`: the main job. With nothing named at all it says so and audits the simulated data. */
export function addAudit(program: Command): void {
  const command = program
    .command('audit')
    .summary('audit a model over a labelled face dataset under one or more label sets')
    .description('Audits a model over a labelled face dataset: audit.json, report.html, report.md and CSV tables.')
    .argument('[plan]', 'audit.yaml; every part of it can also be given by a flag, and a flag wins')
  addEvidenceOptions(command)
  command.option(
    '--from-decisions <file>',
    'audit decisions made elsewhere (.csv, .jsonl, .parquet): columns image, labelSet, label, or labels with scores (repeatable)',
    collect,
  )
  command.option(
    '--decisions-map <name=column>',
    'where such a file has other columns: image=file, fairface-race=race_preds, score=confidence (repeatable)',
    collect,
  )
  command.option(
    '--from-embeddings <yaml>',
    'audit vectors made elsewhere: embeddings.yaml, or the folder it lies in (repeatable)',
    collect,
  )
  addQuestionOptions(command)
  addOutputOptions(command)
  addEmbeddingOptions(command)
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

function addOutputOptions(command: Command): void {
  command
    .optionsGroup('What it writes:')
    .option('--out <folder>', 'where the results go (default probity-audit)')
    .addOption(localeOption())
    .addOption(new Option('--compat <with>', "also datacomp.json: DataComp's fairness figures").choices(['datacomp']))
    .option(
      '--decisions',
      'also keep decisions.csv, one row per image and label set, and images.csv with the annotations, for: probity show images',
    )
    .addOption(
      new Option(
        '--decisions-format <format>',
        'keep decisions as this (default csv), and therefore keep them',
      ).choices(['csv', 'jsonl', 'parquet']),
    )
}
