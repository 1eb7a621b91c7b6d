import { readdirSync, readFileSync } from 'node:fs'
import type { LocaleContents, LocaleEntry } from './locale-contents.js'
import { pluralRule, type PluralRule } from './plural-rule.js'
import { preparedLocale, preparedLocaleFile } from './prepared-locale.js'
import { reportFile } from './report-files.js'
import { yaml } from './when-needed.js'

export type { LocaleContents, LocaleEntry } from './locale-contents.js'

/** The words of one language, as the files of `reports/locales/<id>/` hold them: whole sentences with `{slots}`. */
export type Locale = {
  readonly id: string
  /** The sentence `id` with its slots filled, from `slots` or else from `standing`. Throws when the sentence is missing or a slot has no value. */
  readonly text: (id: string, slots?: Slots, standing?: Slots) => string
  /** Whether the file has a sentence of this id. */
  readonly has: (id: string) => boolean
  /** A list of the file, for example the glossary, with the slots of its texts filled. Throws when it is missing, or as `text`. */
  readonly list: (id: string, slots?: Slots) => readonly LocaleEntry[]
  /** The form that a sentence takes for a number, by the rule of the locale's own file: "one", "other". Throws when it has no rule. */
  readonly plural: PluralRule
  /** What the language calls a name or a sentence of a shipped definition; undefined where it has no word of its own. */
  readonly translation: (kind: TranslatedKind, original: string) => string | undefined
}

/** What stays in its own language, with a translation beside it, and what is said in the reader's language instead. */
export const TRANSLATED_KINDS = ['attribute', 'value', 'outcome', 'probe', 'said'] as const
export type TranslatedKind = (typeof TRANSLATED_KINDS)[number]

export type Slots = Readonly<Record<string, string>>

const NONE: Slots = {}
const READ = new Map<string, Locale>() // parsing takes longer than most tables, and a run writes a dozen of them
const FOLDER = 'locales'
const ENDING = '.yaml'
export const DEFAULT_LOCALE = 'en'

/** The ids of the languages that are shipped: each is a folder of files, or one file, in `reports/locales/`. English comes first. */
export function localeIds(): readonly string[] {
  const found = readdirSync(reportFile(FOLDER), { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return [entry.name]
    return entry.name.endsWith(ENDING) ? [entry.name.slice(0, -ENDING.length)] : []
  })
  return [DEFAULT_LOCALE, ...found.filter((id) => id !== DEFAULT_LOCALE).sort()]
}

/** The words of `reports/locales/<id>/`, one file for each kind of report, or of `reports/locales/<id>.yaml`; read once a process.
 *  Throws an Error that names the known ones when there is none of this id. */
export function readLocale(id: string): Locale {
  const known = READ.get(id)
  if (known !== undefined) return known
  const sources = localeSources(id)
  const locale = localeWith(id, preparedLocale(sources, preparedLocaleFile(id)) ?? localeContents(id, ...sources))
  READ.set(id, locale)
  return locale
}

/** The texts of the files of a language, in the order of their names. Throws as `readLocale`. */
export function localeSources(id: string): readonly string[] {
  const known = localeIds()
  if (!known.includes(id)) throw new Error(`expected a language (${known.join(', ')}) but received "${id}"`)
  const read = (name: string): string => readFileSync(reportFile(`${FOLDER}/${name}`), 'utf8')
  const names = readdirSync(reportFile(FOLDER))
  if (!names.includes(id)) return [read(`${id}${ENDING}`)]
  const files = readdirSync(reportFile(`${FOLDER}/${id}`)).filter((name) => name.endsWith(ENDING))
  return files.sort().map((name) => read(`${id}/${name}`))
}

/** Makes a locale of the texts of its files. Nested keys are joined with dots; duplicate keys are refused, within a file and between files.
 *  Throws an Error that names folder and key: a missing sentence is a fault of the build, never of the user. */
export function localeFrom(id: string, ...sources: readonly string[]): Locale {
  return localeWith(id, localeContents(id, ...sources))
}

function localeWith(id: string, { texts, lists }: LocaleContents): Locale {
  const file = `reports/locales/${id}`
  const found = <T>(from: ReadonlyMap<string, T>, key: string): T => {
    const value = from.get(key)
    if (value === undefined) throw new Error(`${file}: expected a text for "${key}" but received none`)
    return value
  }
  const translations = translationsOf(lists, file)
  let rule: PluralRule | undefined
  return {
    id,
    text: (key, slots = NONE, standing = NONE) => fill(found(texts, key), { slots, standing }, file, key),
    has: (key) => texts.has(key),
    list: (key, slots = {}) =>
      found(lists, key).map((entry) =>
        Object.fromEntries(
          Object.entries(entry).map(([name, value]) => [
            name,
            fill(cut(value), { slots, standing: NONE }, file, `${key}: ${name}`),
          ]),
        ),
      ),
    plural: (count) => (rule ??= pluralRule(found(lists, 'locale.plural'), file))(count),
    translation: (kind, original) => translations.get(`${kind} ${original}`),
  }
}

/** What the files of a language hold: each text by its id, cut at its slots (every second part is the name of one), and each list.
 *  Throws as `localeFrom`. */
export function localeContents(id: string, ...sources: readonly string[]): LocaleContents {
  const texts = new Map<string, Sentence>()
  const lists = new Map<string, readonly LocaleEntry[]>()
  const into = { texts, lists, file: `reports/locales/${id}` }
  const { parse } = yaml()
  for (const source of sources) collect(parse(source, { maxAliasCount: 0, uniqueKeys: true }), '', into)
  return { texts, lists }
}

/** The sentence for a count, in the form that the language's own rule gives: `<id>.one`, `<id>.other`. Throws as `text`. */
export function countedText(
  { text, plural }: Pick<Locale, 'text' | 'plural'>,
  id: string,
  count: number,
  slots: Slots = {},
): string {
  return text(`${id}.${plural(count)}`, slots)
}

/** Lists named `translations.<kind>...`, with `of` for the original and `text` for the translation; they may stand in several files. */
function translationsOf(lists: ReadonlyMap<string, readonly LocaleEntry[]>, file: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [key, entries] of lists) {
    if (!key.startsWith('translations.')) continue
    const kind = TRANSLATED_KINDS.find((each) => each === key.split('.')[1])
    if (kind === undefined) throw new Error(`${file}: ${key}: expected one of ${TRANSLATED_KINDS.join(', ')}`)
    for (const { of: original, text } of entries) {
      if (original === undefined || text === undefined) throw new Error(`${file}: ${key}: expected "of" and "text"`)
      if (found.has(`${kind} ${original}`)) throw new Error(`${file}: ${key}: "${original}" is given twice`)
      found.set(`${kind} ${original}`, text)
    }
  }
  return found
}

/** The same words with slots that have one value throughout a report, such as {level}. A slot of a sentence's own comes first. */
export function withStandingSlots(locale: Locale, standing: Slots): Locale {
  return {
    ...locale,
    // handed on, not merged: a large report fills a hundred thousand sentences
    text: (id, slots, more) => locale.text(id, slots, more === undefined ? standing : { ...standing, ...more }),
    list: (id, slots) => locale.list(id, { ...standing, ...slots }),
  }
}

/** A sentence cut at its slots: words, slot, words, slot, words. Thousands are filled for one report. */
type Sentence = readonly string[]

type Collected = { texts: Map<string, Sentence>; lists: Map<string, readonly LocaleEntry[]>; file: string }

function collect(node: unknown, path: string, into: Collected): void {
  if (typeof node === 'string') {
    if (into.texts.has(path)) throw new Error(`${into.file}: "${path}" is given twice`)
    into.texts.set(path, cut(node))
  } else if (Array.isArray(node)) {
    if (into.lists.has(path)) throw new Error(`${into.file}: "${path}" is given twice`)
    into.lists.set(
      path,
      node.map((entry) => entryFrom(entry, `${into.file}: ${path}`)),
    )
  } else if (typeof node === 'object' && node !== null) {
    for (const [key, value] of Object.entries(node)) collect(value, path === '' ? key : `${path}.${key}`, into)
  } else {
    throw new Error(`${into.file}: ${path}: expected text but received ${String(node)}`)
  }
}

function entryFrom(node: unknown, where: string): LocaleEntry {
  const pairs = typeof node === 'object' && node !== null ? Object.entries(node) : []
  const entry: Record<string, string> = {}
  for (const [key, value] of pairs) {
    if (typeof value !== 'string') throw new Error(`${where}: ${key}: expected text but received ${typeof value}`)
    entry[key] = value
  }
  return entry
}

function cut(sentence: string): Sentence {
  return sentence.split(/\{([A-Za-z][A-Za-z0-9]*)\}/)
}

type Given = { readonly slots: Slots; readonly standing: Slots }

function fill(sentence: Sentence, { slots, standing }: Given, file: string, key: string): string {
  let filled = sentence[0]
  for (let at = 1; at < sentence.length; at += 2) {
    const name = sentence[at]
    const from = Object.hasOwn(slots, name) ? slots : standing
    const value = Object.hasOwn(from, name) ? from[name] : undefined
    if (value === undefined) throw new Error(`${file}: ${key}: the slot {${name}} has no value`)
    filled += value + sentence[at + 1]
  }
  return filled
}
