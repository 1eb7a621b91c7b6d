import { isMap } from 'yaml'
import type { Label, LabelSet, OutcomeCategory } from '../types/definitions.js'
import { yamlLabel, yamlName, yamlNames, yamlString } from './yaml-text.js'
import { addItem, mapOf, removeItem, replaceNode, scalarOf, seqOf, setKey, topOf, valueOf } from './yaml-splice.js'

/** One change of a label set file. Labels are named by their ids. */
export type LabelSetEdit =
  | { readonly kind: 'add-label'; readonly label: Label }
  | { readonly kind: 'remove-label'; readonly id: string }
  | { readonly kind: 'set-text'; readonly id: string; readonly text: string }
  | {
      readonly kind: 'set-implied'
      readonly id: string
      readonly attribute: string
      readonly values: readonly string[]
    }
  | { readonly kind: 'set-outcome'; readonly outcome: OutcomeCategory }
  | { readonly kind: 'remove-outcome'; readonly id: string }
  | { readonly kind: 'add-template'; readonly template: string }
  | { readonly kind: 'remove-template'; readonly template: string }
  | { readonly kind: 'set-title'; readonly title: string }
  | { readonly kind: 'set-id'; readonly id: string }

/** Makes one change in the text of a label set file that was read before, and leaves every other byte as it is. In a file that extends
 *  another label set, an inherited label is changed by removing it and adding it anew. `resolved` is what the text says now. */
export function editLabelSet(text: string, edit: LabelSetEdit, resolved: LabelSet): string {
  switch (edit.kind) {
    case 'add-label':
      return addTo(text, isExtending(text) ? 'add' : 'labels', yamlLabel(edit.label))
    case 'remove-label':
      return removeLabel(text, edit.id)
    case 'set-text':
      return setText(text, edit, resolved)
    case 'set-implied':
      return setImplied(text, edit, resolved)
    case 'set-outcome':
      return setOutcome(text, edit.outcome)
    case 'remove-outcome':
      return removeOutcome(text, edit.id)
    case 'add-template':
    case 'remove-template':
      return changeTemplates(text, edit, resolved)
    case 'set-title':
      return setKey(text, topOf(text), 'title', yamlString(edit.title))
    case 'set-id':
      return setKey(text, topOf(text), 'id', yamlName(edit.id))
  }
}

function isExtending(text: string): boolean {
  return valueOf(topOf(text), 'extends') !== undefined
}

/** Adds an item to a list at the top of the file, which is made where there is none. */
function addTo(text: string, key: string, item: string): string {
  const top = topOf(text)
  const list = seqOf(top, key)
  if (list !== undefined) return addItem(text, list, item)
  return top.flow === true ? setKey(text, top, key, `[${item}]`) : setKey(text, top, key, `\n  - ${item}`)
}

/** Where the file itself writes a label. */
function findOwn(text: string, id: string) {
  const top = topOf(text)
  for (const key of ['labels', 'add']) {
    const list = seqOf(top, key)
    const index = list?.items.findIndex((item) => isMap(item) && scalarOf(valueOf(item, 'id')) === id) ?? -1
    const label = list?.items[index]
    if (list !== undefined && isMap(label)) return { key, list, index, label }
  }
  return null
}

function removeLabel(text: string, id: string): string {
  const own = findOwn(text, id)
  if (own === null) return addTo(text, 'remove', yamlName(id))
  const isLastAdded = own.key === 'add' && own.list.items.length === 1
  return isLastAdded ? removeKey(text, 'add') : removeItem(text, own.list, own.index)
}

function removeKey(text: string, key: string): string {
  const top = topOf(text)
  const index = top.items.findIndex((pair) => scalarOf(pair.key) === key)
  return removeItem(text, top, index)
}

function setText(text: string, { id, text: words }: { id: string; text: string }, resolved: LabelSet): string {
  const old = valueOf(findOwn(text, id)?.label ?? topOf('{}'), 'text')
  if (old !== undefined) return replaceNode(text, old, yamlString(words))
  return replaceInherited(text, { ...inherited(id, resolved), text: words })
}

function setImplied(
  text: string,
  { id, attribute, values }: { id: string; attribute: string; values: readonly string[] },
  resolved: LabelSet,
): string {
  const own = findOwn(text, id)
  if (own === null) {
    const label = inherited(id, resolved)
    const others = label.implies.filter((each) => each.attribute !== attribute)
    return replaceInherited(text, { ...label, implies: [...others, { attribute, values }] })
  }
  const implies = mapOf(own.label, 'implies')
  if (implies !== undefined) return setKey(text, implies, attribute, yamlNames(values))
  return setKey(text, own.label, 'implies', `{ ${yamlName(attribute)}: ${yamlNames(values)} }`)
}

function inherited(id: string, { labels }: LabelSet): Label {
  const label = labels.find((each) => each.id === id)
  if (label === undefined) throw new RangeError(`editLabelSet knows no label ${JSON.stringify(id)}`)
  return label
}

function replaceInherited(text: string, label: Label): string {
  return addTo(addTo(text, 'remove', yamlName(label.id)), 'add', yamlLabel(label))
}

function setOutcome(text: string, { id, harm }: OutcomeCategory): string {
  const top = topOf(text)
  const outcomes = mapOf(top, 'outcomes')
  if (outcomes === undefined) {
    const entry = `${yamlName(id)}: { harm: ${harm} }`
    return setKey(text, top, 'outcomes', top.flow === true ? `{ ${entry} }` : `\n  ${entry}`)
  }
  const own = mapOf(outcomes, id)
  return own === undefined ? setKey(text, outcomes, id, `{ harm: ${harm} }`) : setKey(text, own, 'harm', harm)
}

/** Takes out a category that no label has any longer; one that is inherited goes by itself. */
function removeOutcome(text: string, id: string): string {
  const outcomes = mapOf(topOf(text), 'outcomes')
  const index = outcomes?.items.findIndex((pair) => scalarOf(pair.key) === id) ?? -1
  if (outcomes === undefined || index < 0) return text
  return outcomes.items.length === 1 ? removeKey(text, 'outcomes') : removeItem(text, outcomes, index)
}

/** A file that extends another one inherits all templates or writes all of its own. */
function changeTemplates(
  text: string,
  { kind, template }: { kind: 'add-template' | 'remove-template'; template: string },
  resolved: LabelSet,
): string {
  const own = seqOf(topOf(text), 'templates')
  if (own === undefined) {
    const kept = resolved.templates.filter((each) => each !== template)
    const all = kind === 'add-template' ? [...resolved.templates, template] : kept
    return all.reduce((changed, each) => addTo(changed, 'templates', yamlString(each)), text)
  }
  if (kind === 'add-template') return addItem(text, own, yamlString(template))
  return removeItem(
    text,
    own,
    own.items.findIndex((item) => scalarOf(item) === template),
  )
}
