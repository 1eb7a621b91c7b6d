import { escaped } from '../errors.js'
import type { Group, Reference } from '../types/groups.js'
import type { AuditResult } from '../types/audit.js'
import type { Contrast } from '../types/derived.js'
import { evidenceSourceName } from '../types/source-name.js'
import { foreign, withoutMarks } from './foreign.js'
import type { Locale, TranslatedKind } from './locale.js'
import type { Words } from './words.js'

/** Text from a user's files made fit to print: control, direction and invisible characters are shown as codes, broken pairs replaced. */
export function printable(text: string): string {
  const shown = escaped(text).replace(/[\ufdd0\ufdd1]/g, code) // two that mark places in our own texts
  return shown.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
}

function code(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16)}`
}

/** A group by its values alone, for sentences and charts: "Black, Male". In another language each value has its translation beside it. */
export function groupName(group: Group, locale: Locale): string {
  return commaList(
    group.map(([, value]) => translated('value', value, locale)),
    locale,
  )
}

/** A group with its attributes, where no heading names them: "race Black, gender Male". */
export function fullGroupName(group: Group, locale: Locale): string {
  const names = group.map(([attribute, value]) =>
    locale.text('lists.attribute-value', {
      attribute: attributeName(attribute, locale),
      value: translated('value', value, locale),
    }),
  )
  return commaList(names, locale)
}

/** An attribute, with its translation beside it in another language. */
export function attributeName(attribute: string, locale: Locale): string {
  return translated('attribute', attribute, locale)
}

/** One value of an attribute, with its translation beside it in another language. */
export function valueName(value: string, locale: Locale): string {
  return translated('value', value, locale)
}

/** The id of an outcome, with its translation beside it in another language. */
export function outcomeName(outcome: string, locale: Locale): string {
  return translated('outcome', outcome, locale)
}

/** The id of a probe, with its translation beside it in another language. */
export function probeName(probe: string, locale: Locale): string {
  return translated('probe', probe, locale)
}

/** A sentence of a definition, or of the engine, in the reader's language where the locale has it, else as it stands, marked as foreign. */
export function saidText(original: string, locale: Locale): string {
  return locale.translation('said', original) ?? foreign(printable(original), locale)
}

function translated(kind: TranslatedKind, original: string, locale: Locale): string {
  const name = foreign(printable(original), locale)
  const translation = locale.translation(kind, original)
  return translation === undefined ? name : locale.text('lists.translated', { name, translation })
}

/** A model by its name, the model that vectors are said to come from, or the file of decisions whose model is unknown. */
export function evidenceName(id: string, { facts }: AuditResult): string {
  const evidence = facts.evidence.find((each) => each.id === id)
  return printable(evidence === undefined ? id : evidenceSourceName(evidence, facts.models))
}

/** Whether the audit holds several models or sources of decisions, so that each figure must say whose it is. */
export function hasSeveralModels({ facts }: AuditResult): boolean {
  return facts.evidence.length > 1
}

/** Names as a list in a sentence: "a, b and c". */
export function listed(names: readonly string[], { text }: Pick<Locale, 'text'>): string {
  const last = names.at(-1) ?? ''
  if (names.length < 2) return last
  const before = names.slice(0, -1).reduce((first, second) => text('models.subject-between', { first, second }))
  return text('models.subject-list', { first: before, last })
}

/** A label set, with the model or source of its decisions where the audit holds more than one: "clip-paper, vit-b-32". */
export function designName(
  evidence: string,
  labelSet: string,
  { audit, locale }: Pick<Words, 'audit' | 'locale'>,
): string {
  const slots = { labelSet: printable(labelSet), evidence: evidenceName(evidence, audit) }
  return hasSeveralModels(audit) ? locale.text('data.design', slots) : slots.labelSet
}

/** Attributes that are crossed, in order: "race × gender". */
export function groupByName(groupBy: readonly string[], locale: Locale): string {
  return joined(
    groupBy.map((attribute) => attributeName(attribute, locale)),
    'lists.cross',
    locale,
  )
}

/** Names one after another, as the language separates them: "a, b, c". */
export function commaList(names: readonly string[], locale: Pick<Locale, 'text'>): string {
  return joined(names, 'lists.comma', locale)
}

/** Parts that may hold commas themselves: "a; b". */
export function semicolonList(parts: readonly string[], locale: Pick<Locale, 'text'>): string {
  return joined(parts, 'lists.semicolon', locale)
}

function joined(names: readonly string[], pattern: string, { text }: Pick<Locale, 'text'>): string {
  const [first = '', ...others] = names
  return others.reduce((before, second) => text(pattern, { first: before, second }), first)
}

/** Whom a contrast compares with: the one group on its second side, or "everyone else", "all images". */
export function referenceName(side: Contrast['sides'][1], locale: Locale): string {
  if (side.group !== null) return groupName(side.group, locale)
  return referenceKindName(side.reference, locale)
}

/** A reference as it was declared, before a group is at hand. */
export function referenceKindName(reference: Reference, locale: Locale): string {
  if (reference.kind === 'named') return fullGroupName(reference.group, locale)
  return locale.text(`reference.${reference.kind}`)
}

/** A long name cut for a chart, where text cannot wrap; the table behind the chart has it whole. Letters of East Asian scripts are as
 *  wide as two others. */
export function shortened(name: string, characters: number): string {
  const all = [...withoutMarks(name)]
  const widths = all.map((character) => (WIDE.test(character) ? 2 : 1))
  if (sum(widths) <= characters) return all.join('')
  let [kept, width] = [0, 0]
  while (width + (widths[kept] ?? 0) < characters) width += widths[kept++] ?? 0
  return `${all.slice(0, kept).join('')}…`
}

const WIDE = /[\p{sc=Hangul}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}

/** The first sixteen digits of a hash, enough to recognise it by eye; provenance prints hashes whole. */
export function shortHash(hash: string): string {
  const digits = hash.startsWith('sha256:') ? hash.slice('sha256:'.length) : hash
  return printable(digits.slice(0, 16))
}
