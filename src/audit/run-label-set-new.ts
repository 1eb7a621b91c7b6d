import path from 'node:path'
import { composeLabelSet } from './definitions/compose-label-set.js'
import type { NamedImplication, NamedLabel } from './definitions/label-flags.js'
import { labelId } from './definitions/label-id.js'
import { parseLabelSet } from './definitions/label-set.js'
import { checkNamedOutcomes, impliedOf, refuseUnknownIds } from './definitions/named-labels.js'
import { didYouMean } from './definitions/words.js'
import { readDataset } from './dataset/read-dataset.js'
import { personLabels } from './designs/person-labels.js'
import { DefinitionError, quoted, type Fault } from './errors.js'
import { refuseOverwriting, schemaSeenFrom, writeDefinition } from './write-definition.js'
import type { DatasetPlan, Label, LabelSet, OutcomeCategory } from './types/definitions.js'
import { UNKNOWN } from './types/groups.js'

/** A label set to make. Null: not said. */
export type NewLabelSet = {
  readonly id: string
  readonly title: string | null
  readonly source: string | null
  readonly templates: readonly string[]
  readonly outcomes: readonly OutcomeCategory[]
  readonly labels: readonly NamedLabel[]
  readonly implies: readonly NamedImplication[]
  /** A label set whose outcomes, labels and templates it begins with. */
  readonly like: LabelSet | null
  /** Attributes of a dataset whose groups become harmless labels. */
  readonly people: { readonly attributes: readonly string[]; readonly dataset: DatasetPlan } | null
  /** Where it goes, absolute, and as the user wrote it. */
  readonly file: string
  readonly shown: string
  readonly mayReplace: boolean
}

/** Writes a commented label set file that validates. Throws DefinitionError with everything that is wrong, and then writes nothing. */
export async function runLabelSetNew(
  wanted: NewLabelSet,
): Promise<{ readonly labelSet: LabelSet; readonly text: string }> {
  if (!wanted.mayReplace) refuseOverwriting(wanted.file, wanted.shown)
  const outcomes = joinOutcomes(wanted.like?.outcomes ?? [], wanted.outcomes)
  checkNamedOutcomes('--label', wanted.labels, outcomes)
  const people = wanted.people === null ? [] : await labelsOfPeople(wanted.people, outcomes)
  const labels = withIds([...people, ...wanted.labels.map((label) => ({ ...label, implies: [] }))], wanted.like)
  refuseUnknownIds(
    '--implies',
    wanted.implies.map(({ id }) => id),
    labels.map(({ id }) => id),
  )
  const content = {
    id: wanted.id,
    title: wanted.title ?? `The label set ${wanted.id}`,
    source: wanted.source ?? (wanted.like === null ? 'Ours' : `Ours, on ${wanted.like.id}: ${wanted.like.source}`),
    templates: templatesOf(wanted),
    outcomes,
    labels: labels.map((label) => ({ ...label, implies: impliedOf(label, wanted.implies) })),
  }
  const text = composeLabelSet(content, schemaSeenFrom(path.dirname(wanted.file)))
  const labelSet = parseLabelSet(text, { file: wanted.file, shown: wanted.shown })
  await writeDefinition(wanted.file, text)
  return { labelSet, text }
}

const USUAL_TEMPLATE = 'a photo of {label}'

function templatesOf({ templates, like }: NewLabelSet): readonly string[] {
  if (templates.length > 0) return templates
  return like?.templates ?? [USUAL_TEMPLATE]
}

function joinOutcomes(inherited: readonly OutcomeCategory[], named: readonly OutcomeCategory[]): OutcomeCategory[] {
  return [...new Map([...inherited, ...named].map((outcome) => [outcome.id, outcome])).values()]
}

function withIds(named: readonly (NamedLabel & Pick<Label, 'implies'>)[], like: LabelSet | null): readonly Label[] {
  const labels: Label[] = [...(like?.labels ?? [])]
  for (const label of named)
    labels.push({
      id: labelId(
        label.text,
        labels.map(({ id }) => id),
      ),
      ...label,
    })
  return labels
}

async function labelsOfPeople(
  { attributes, dataset }: NonNullable<NewLabelSet['people']>,
  outcomes: readonly OutcomeCategory[],
): Promise<readonly (NamedLabel & Pick<Label, 'implies'>)[]> {
  const read = await readDataset(dataset)
  const names = read.attributes.map(({ name }) => name)
  const faults: Fault[] = attributes
    .filter((name) => !names.includes(name))
    .map((name) => fault(`attributes of the dataset (${names.join(', ')})`, quoted(name), didYouMean(name, names)))
  const harmless = outcomes.find(({ harm }) => harm === 'none')
  if (harmless === undefined)
    faults.push(fault('an outcome category with harm none to put them into', 'none', 'Add --outcome person=none.'))
  if (harmless === undefined || faults.length > 0) throw new DefinitionError('label-set.people', faults)
  const columns = attributes.map((name) => ({
    name,
    values: (read.attributes.find((each) => each.name === name)?.values ?? []).filter((value) => value !== UNKNOWN),
  }))
  return personLabels(columns).map((label) => ({ ...label, outcome: harmless.id }))
}

function fault(expected: string, received: string, hint: string | undefined): Fault {
  const plain = { at: 'command line', field: '--person-labels', expected, received }
  return hint === undefined ? plain : { ...plain, hint }
}
