import { DefinitionError, quoted, type Fault } from '../errors.js'
import type { Label, LabelSet, OutcomeCategory } from '../types/definitions.js'
import type { LabelSetEdit } from './edit-label-set.js'
import type { NamedImplication, NamedLabel } from './label-flags.js'
import { labelId } from './label-id.js'
import { checkNamedOutcomes, refuseUnknownIds } from './named-labels.js'
import { COMMAND_LINE } from './plan-flags.js'
import { didYouMean } from './words.js'

/** What the command line wants changed. Labels are named by their ids. */
export type LabelSetChanges = {
  readonly title: string | null
  readonly outcomes: readonly OutcomeCategory[]
  readonly add: readonly NamedLabel[]
  readonly remove: readonly string[]
  readonly setText: readonly { readonly id: string; readonly text: string }[]
  readonly implies: readonly NamedImplication[]
  readonly addTemplates: readonly string[]
  readonly removeTemplates: readonly string[]
}

/** The single edits that make these changes, in an order in which each finds what it needs. Throws DefinitionError for ids,
 *  templates and outcome categories that are not there. */
export function planEdits(changes: LabelSetChanges, was: LabelSet): readonly LabelSetEdit[] {
  const outcomes = [...was.outcomes, ...changes.outcomes]
  checkNamedOutcomes('--add', changes.add, outcomes)
  const known = was.labels.map(({ id }) => id)
  refuseUnknownIds('--remove', changes.remove, known)
  const kept = known.filter((id) => !changes.remove.includes(id))
  const added = namedLabels(changes.add, kept)
  const now = [...kept, ...added.map(({ id }) => id)]
  refuseUnknownIds(
    '--set-text',
    changes.setText.map(({ id }) => id),
    now,
  )
  refuseUnknownIds(
    '--implies',
    changes.implies.map(({ id }) => id),
    now,
  )
  refuseUnknownTemplates(changes.removeTemplates, was.templates)
  return [
    ...changes.outcomes.map((outcome) => ({ kind: 'set-outcome', outcome }) as const),
    ...[...new Set(changes.remove)].map((id) => ({ kind: 'remove-label', id }) as const),
    ...added.map((label) => ({ kind: 'add-label', label }) as const),
    ...changes.setText.map((each) => ({ kind: 'set-text', ...each }) as const),
    ...changes.implies.map((each) => ({ kind: 'set-implied', ...each }) as const),
    ...emptied(was, changes).map((id) => ({ kind: 'remove-outcome', id }) as const),
    ...changes.addTemplates.map((template) => ({ kind: 'add-template', template }) as const),
    ...changes.removeTemplates.map((template) => ({ kind: 'remove-template', template }) as const),
    ...(changes.title === null ? [] : [{ kind: 'set-title', title: changes.title } as const]),
  ]
}

function namedLabels(named: readonly NamedLabel[], kept: readonly string[]): readonly Label[] {
  const labels: Label[] = []
  for (const label of named) {
    const taken = [...kept, ...labels.map(({ id }) => id)]
    labels.push({ id: labelId(label.text, taken), ...label, implies: [] })
  }
  return labels
}

/** Outcome categories that lose all their labels, and go with the last one. */
function emptied(was: LabelSet, { add, remove }: LabelSetChanges): readonly string[] {
  const left = was.labels.filter(({ id }) => !remove.includes(id))
  const used = new Set([...left, ...add].map(({ outcome }) => outcome))
  return was.outcomes.map(({ id }) => id).filter((id) => !used.has(id))
}

function refuseUnknownTemplates(templates: readonly string[], known: readonly string[]): void {
  const faults: Fault[] = templates
    .filter((template) => !known.includes(template))
    .map((template) => ({
      at: COMMAND_LINE,
      field: '--remove-template',
      expected: 'a template of the label set, word for word',
      received: quoted(template),
      hint: didYouMean(template, known) ?? `The templates are ${known.map((each) => quoted(each)).join(', ')}.`,
    }))
  if (faults.length > 0) throw new DefinitionError('label-set.template', faults)
}
