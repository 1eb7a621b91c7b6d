import { quoted } from '../errors.js'
import type { Label, LabelSet } from '../types/definitions.js'
import { LABEL_PLACE } from './fill-prompt.js'
import type { WrittenLabelSet } from './label-set-schema.js'
import { promptsOf } from './prompts.js'
import type { RuleFaults } from './rule-faults.js'
import { checkTemplate } from './template-rules.js'
import { didYouMean, folded } from './words.js'
import type { Path } from './yaml-place.js'

/** A label with its place in the file that is being read; null for one inherited from an extended label set. */
export type PlacedLabel = Label & { readonly path: Path | null }

/** A file is either whole or built on another: which parts it must and must not have. */
export function checkParts(written: WrittenLabelSet, faults: RuleFaults): void {
  if (written.extends === undefined) {
    for (const part of ['title', 'source', 'templates', 'outcomes', 'labels'] as const)
      if (written[part] === undefined) faults.add([part], PART_WORDS[part])
    for (const part of ['add', 'remove'] as const)
      if (written[part] !== undefined) faults.add([part], `extends beside ${part}`, { received: `${part} alone` })
  } else if (written.labels !== undefined) {
    faults.add(['labels'], 'add or remove beside extends', { received: 'labels', hint: 'Put new labels under add.' })
  }
}

const PART_WORDS = {
  title: 'text',
  source: 'text that says where the labels and their wording come from',
  templates: `a list of sentences with ${LABEL_PLACE}`,
  outcomes: 'a mapping of outcome categories',
  labels: 'a list of labels',
} as const

/** What must hold of a label set once everything it extends is in. Faults in inherited parts were reported with the file that has them. */
export function checkLabelSet(
  resolved: Omit<LabelSet, 'sha256' | 'labels'> & { labels: readonly PlacedLabel[] },
  written: WrittenLabelSet,
  faults: RuleFaults,
): void {
  const { labels, outcomes } = resolved
  if (labels.length < 2) {
    const received = labels.length === 0 ? 'none' : 'one'
    faults.add([written.labels === undefined ? 'extends' : 'labels'], 'at least two labels', { received })
  }
  const areTemplatesSound = (written.templates ?? [])
    .map((template, index) => checkTemplate(template, ['templates', index], faults))
    .every(Boolean)
  checkOutcomes(
    outcomes.map(({ id }) => id),
    labels,
    written,
    faults,
  )
  const isUnique = [checkUnique('id', labels, faults), checkUnique('text', labels, faults)].every(Boolean)
  if (isUnique) checkAliases(labels, faults)
  checkOtherLabels(labels, written, faults)
  if (isUnique && areTemplatesSound) checkPrompts(resolved, written, faults)
}

function checkOutcomes(
  declared: readonly string[],
  labels: readonly PlacedLabel[],
  written: WrittenLabelSet,
  faults: RuleFaults,
): void {
  for (const { path, outcome } of labels) {
    if (path === null || declared.includes(outcome)) continue
    const expected = `an outcome category declared under outcomes (${declared.join(', ')})`
    faults.add([...path, 'outcome'], expected, { hint: didYouMean(outcome, declared) })
  }
  for (const id of written.outcomes?.keys() ?? []) {
    if (labels.some(({ outcome }) => outcome === id)) continue
    faults.add(['outcomes', id], 'an outcome category that at least one label has', {
      received: `${quoted(id)}, which no label has`,
    })
  }
}

/** Labels that differ only in upper case, spaces at the ends or Unicode form would be two columns for one answer. */
function checkUnique(field: 'id' | 'text', labels: readonly PlacedLabel[], faults: RuleFaults): boolean {
  const seen = new Map<string, string>()
  let isUnique = true
  for (const label of labels) {
    const key = folded(label[field])
    const earlier = seen.get(key)
    seen.set(key, earlier ?? label[field])
    if (earlier === undefined || label.path === null) continue
    isUnique = false
    const isSame = earlier === label[field]
    const received = isSame ? `${quoted(earlier)} again` : `${quoted(label[field])}, the same as ${quoted(earlier)}`
    const hint = isSame ? undefined : 'Upper and lower case, spaces at the ends and Unicode forms do not count.'
    faults.add([...label.path, field], `a label ${field} that no other label has`, { received, hint })
  }
  return isUnique
}

/** Words that named two labels would name neither. */
function checkAliases(labels: readonly PlacedLabel[], faults: RuleFaults): void {
  const named = new Map(labels.flatMap(({ id, text }) => [id, text].map((words) => [folded(words), id] as const)))
  for (const { id, path, aliases = [] } of labels) {
    for (const [index, alias] of aliases.entries()) {
      const other = named.get(folded(alias))
      named.set(folded(alias), other ?? id)
      if (other === undefined || other === id || path === null) continue
      const received = `${quoted(alias)}, which names ${quoted(other)} as well`
      const hint = 'Take them out of one of the two; upper and lower case do not count.'
      faults.add([...path, 'aliases', index], 'words that name no other label', { received, hint })
    }
  }
}

function checkOtherLabels(labels: readonly PlacedLabel[], { otherLabels }: WrittenLabelSet, faults: RuleFaults): void {
  const ids = labels.map(({ id }) => id)
  if (otherLabels === undefined || ids.includes(otherLabels)) return
  const hint = didYouMean(otherLabels, ids) ?? 'Add a label such as { id: other, text: something else, outcome: ... }.'
  faults.add(['otherLabels'], 'the id of a label', { hint })
}

function checkPrompts(
  resolved: { labels: readonly PlacedLabel[]; templates: readonly string[] },
  written: WrittenLabelSet,
  faults: RuleFaults,
): void {
  const seen = new Set<string>()
  for (const { label, template, prompt } of promptsOf(resolved)) {
    const key = prompt.normalize('NFC')
    if (!seen.has(key)) {
      seen.add(key)
      continue
    }
    const inFile = resolved.labels[label]?.path
    const path = written.templates !== undefined ? ['templates', template] : (inFile ?? ['extends'])
    faults.add(path, 'templates and labels that make each prompt once', { received: `${quoted(prompt)} twice` })
    return // one repeated template repeats every label
  }
}
