import { resolve } from 'node:path'
import { readImpliesFlag, readLabelFlag, readOutcomeFlag, readSetTextFlag } from '../audit/definitions/label-flags.js'
import { readDatasetPlan } from '../audit/definitions/read-dataset-plan.js'
import { readLabelSet } from '../audit/definitions/shipped.js'
import { DefinitionError, type Fault } from '../audit/errors.js'
import { runLint } from '../audit/run-lint.js'
import { runLabelSetEdit, type EditOutcome } from '../audit/run-label-set-edit.js'
import { runLabelSetNew, type NewLabelSet } from '../audit/run-label-set-new.js'
import type { DatasetPlan, LabelSet } from '../audit/types/definitions.js'
import type { LintResult } from '../audit/types/lint.js'
import { askLabelSet } from './ask-label-set.js'
import { describeLintBriefly } from './describe-lint.js'
import { describeDifference } from './line-difference.js'
import { readEvidence } from './run-lint-command.js'
import { counted, shownArgument, shownLines } from './shown.js'
import { commandLineTools } from './tools.js'

type DatasetFlags = {
  readonly dataset?: string
  readonly labels?: string
  readonly map?: readonly string[]
  readonly where?: readonly string[]
  readonly unknownValues?: string
}

export type NewFlags = DatasetFlags & {
  readonly title?: string
  readonly source?: string
  readonly outcome?: readonly string[]
  readonly label?: readonly string[]
  readonly implies?: readonly string[]
  readonly template?: readonly string[]
  readonly personLabels?: string
  readonly like?: string
  readonly out?: string
  readonly force?: boolean
  readonly json?: boolean
}

export type EditFlags = {
  readonly title?: string
  readonly outcome?: readonly string[]
  readonly add?: readonly string[]
  readonly remove?: readonly string[]
  readonly setText?: readonly string[]
  readonly implies?: readonly string[]
  readonly template?: readonly string[]
  readonly removeTemplate?: readonly string[]
  readonly as?: string
  readonly out?: string
  readonly force?: boolean
  readonly dryRun?: boolean
  readonly json?: boolean
}

/** Makes a label set file from flags, asking on a terminal for what they leave open, and lints it. */
export async function newFromCommandLine(id: string, flags: NewFlags): Promise<void> {
  const dataset = datasetOf(flags)
  const shown = flags.out ?? `${id}.yaml`
  const { labelSet } = await runLabelSetNew({ ...(await wantedOf(id, flags, dataset)), file: resolve(shown), shown })
  const lint = await lintOf(labelSet, dataset)
  const written = `Written: ${shown}, ${describeSize(labelSet)}\n\n`
  const json = { file: shown, labelSet, lint }
  process.stdout.write(
    flags.json
      ? `${JSON.stringify(json, null, 2)}\n`
      : shownLines(written + describeLintBriefly(lint, shownArgument(shown))),
  )
}

/** Changes a label set file, shows the difference, and lints the result. */
export async function editFromCommandLine(idOrFile: string, flags: EditFlags): Promise<void> {
  const outcome = await runLabelSetEdit({
    idOrFile,
    changes: changesOf(flags),
    as: flags.as ?? null,
    out: flags.out ?? null,
    mayReplace: flags.force ?? false,
    isDryRun: flags.dryRun ?? false,
  })
  const lint = await lintOf(outcome.labelSet, null)
  const { file, isWritten, labelSet } = outcome
  const difference = describeDifference(outcome.before ?? '', outcome.after)
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ file, isWritten, difference, labelSet, lint }, null, 2)}\n`
      : shownLines(describeEdit(outcome, difference) + describeLintBriefly(lint, shownArgument(file))),
  )
}

function describeEdit({ file, isWritten, was, labelSet, before, after }: EditOutcome, difference: string): string {
  const shown = before === null ? after : difference
  const hashes = `sha256 ${was.sha256.slice(0, 12)} -> ${labelSet.sha256.slice(0, 12)}`
  const isSame = was.sha256 === labelSet.sha256
  const note = isSame
    ? 'The same label set as before.'
    : 'Another label set than before: its rates are compared, not continued.'
  const size = `${describeSize(was)} -> ${describeSize(labelSet)}`
  return `${shown}\n${size}\n${hashes}. ${note}\n${isWritten ? 'Written' : 'Not written (--dry-run)'}: ${file}\n\n`
}

function describeSize({ labels, templates }: LabelSet): string {
  return `${counted(labels.length, 'label')}, ${counted(templates.length, 'template')}`
}

function lintOf(labelSet: LabelSet, dataset: DatasetPlan | null): Promise<LintResult> {
  return runLint(labelSet, { ...readEvidence({}), dataset }, commandLineTools())
}

function datasetOf({ dataset, labels, map, where, unknownValues }: DatasetFlags): DatasetPlan | null {
  const flags = { dataset, labels, map, where, unknownValues }
  const isNamed = Object.values(flags).some((flag) => flag !== undefined)
  return isNamed ? readDatasetPlan(flags, process.cwd()) : null
}

async function wantedOf(
  id: string,
  flags: NewFlags,
  dataset: DatasetPlan | null,
): Promise<Omit<NewLabelSet, 'file' | 'shown'>> {
  const like = flags.like === undefined ? null : readLabelSet(flags.like)
  const said = await completed(flags)
  const faults: Fault[] = []
  const wanted = {
    id,
    title: said.title,
    source: said.source,
    templates: flags.template ?? [],
    outcomes: said.outcome.flatMap((text) => readOutcomeFlag(text, faults)),
    labels: said.label.flatMap((text) => readLabelFlag('--label', text, faults)),
    implies: (flags.implies ?? []).flatMap((text) => readImpliesFlag(text, faults)),
    like,
    people: peopleOf(flags, dataset, faults),
    mayReplace: flags.force ?? false,
  }
  if (faults.length > 0) throw new DefinitionError('flag.label-set', faults)
  return wanted
}

/** What the flags say, with the answers of a terminal where they leave out the labels; without a terminal, a refusal that names the flags. */
async function completed(flags: NewFlags) {
  const given = {
    title: flags.title ?? null,
    source: flags.source ?? null,
    outcome: flags.outcome ?? [],
    label: flags.label ?? [],
  }
  const hasOutcomes = given.outcome.length > 0 || flags.like !== undefined
  const hasLabels = given.label.length > 0 || flags.like !== undefined || flags.personLabels !== undefined
  if (hasOutcomes && hasLabels) return given
  if (process.stdin.isTTY) return askLabelSet(given, { input: process.stdin, output: process.stderr })
  const missing = [
    ...(hasOutcomes
      ? []
      : [fault('--outcome', 'outcome categories as name=harm, such as person=none and crime=denigration')]),
    ...(hasLabels ? [] : [fault('--label', 'labels as text=outcome, such as "a person=person" and "a thief=crime"')]),
  ]
  throw new DefinitionError('flag.label-set', missing)
}

function fault(field: string, expected: string): Fault {
  const hint = 'Or begin with another label set: --like clip-paper.'
  return { at: 'command line', field, expected, received: 'nothing', hint }
}

function peopleOf({ personLabels }: NewFlags, dataset: DatasetPlan | null, faults: Fault[]): NewLabelSet['people'] {
  if (personLabels === undefined) return null
  const attributes = [...new Set(personLabels.split(',').map((name) => name.trim()))].filter((name) => name !== '')
  if (dataset !== null && attributes.length > 0) return { attributes, dataset }
  const [expected, received] =
    dataset === null ? ['a dataset beside it', 'none'] : ['attributes of the dataset, such as race,gender', 'none']
  const hint = dataset === null ? { hint: 'Name it with --dataset and --labels.' } : {}
  faults.push({ at: 'command line', field: '--person-labels', expected, received, ...hint })
  return null
}

function changesOf(flags: EditFlags) {
  const faults: Fault[] = []
  const changes = {
    title: flags.title ?? null,
    outcomes: (flags.outcome ?? []).flatMap((text) => readOutcomeFlag(text, faults)),
    add: (flags.add ?? []).flatMap((text) => readLabelFlag('--add', text, faults)),
    remove: flags.remove ?? [],
    setText: (flags.setText ?? []).flatMap((text) => readSetTextFlag(text, faults)),
    implies: (flags.implies ?? []).flatMap((text) => readImpliesFlag(text, faults)),
    addTemplates: flags.template ?? [],
    removeTemplates: flags.removeTemplate ?? [],
  }
  if (faults.length > 0) throw new DefinitionError('flag.label-set', faults)
  return changes
}
