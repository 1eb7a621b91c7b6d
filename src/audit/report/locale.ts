import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { reportFile } from './report-files.js'

/** The words of one language, as the files of `reports/locales/<id>/` hold them: whole sentences with `{slots}`. */
export type Locale = {
  readonly id: string
  /** The sentence `id` with its slots filled. Throws when the sentence is missing or a slot has no value. */
  readonly text: (id: string, slots?: Slots) => string
  /** Whether the file has a sentence of this id. */
  readonly has: (id: string) => boolean
  /** A list of the file, for example the glossary, with the slots of its texts filled. Throws when it is missing, or as `text`. */
  readonly list: (id: string, slots?: Slots) => readonly LocaleEntry[]
}

export type Slots = Readonly<Record<string, string>>
export type LocaleEntry = Readonly<Record<string, string>>

const READ = new Map<string, Locale>() // parsing takes longer than most tables, and a run writes a dozen of them

/** The words of `reports/locales/<id>/`, one file for each kind of report; read once a process. */
export function readLocale(id: 'en'): Locale {
  const locale = READ.get(id) ?? readFiles(id)
  READ.set(id, locale)
  return locale
}

function readFiles(id: 'en'): Locale {
  const folder = `locales/${id}`
  const files = readdirSync(reportFile(folder)).filter((name) => name.endsWith('.yaml'))
  return localeFrom(id, ...files.sort().map((name) => readFileSync(reportFile(`${folder}/${name}`), 'utf8')))
}

/** Makes a locale of the texts of its files. Nested keys are joined with dots; duplicate keys are refused, within a file and between files.
 *  Throws an Error that names folder and key: a missing sentence is a fault of the build, never of the user. */
export function localeFrom(id: string, ...sources: readonly string[]): Locale {
  const texts = new Map<string, Sentence>()
  const lists = new Map<string, readonly LocaleEntry[]>()
  const file = `reports/locales/${id}`
  for (const source of sources)
    collect(parse(source, { maxAliasCount: 0, uniqueKeys: true }), '', { texts, lists, file })
  const found = <T>(from: Map<string, T>, key: string): T => {
    const value = from.get(key)
    if (value === undefined) throw new Error(`${file}: expected a text for "${key}" but received none`)
    return value
  }
  return {
    id,
    text: (key, slots = {}) => fill(found(texts, key), slots, `${file}: ${key}`),
    has: (key) => texts.has(key),
    list: (key, slots = {}) =>
      found(lists, key).map((entry) =>
        Object.fromEntries(
          Object.entries(entry).map(([name, value]) => [name, fill(cut(value), slots, `${file}: ${key}: ${name}`)]),
        ),
      ),
  }
}

/** The sentence for a count: `<id>.one` for one, `<id>.other` for any other number. Throws as `text`. */
export function countedText({ text }: Pick<Locale, 'text'>, id: string, count: number, slots: Slots = {}): string {
  return text(`${id}.${count === 1 ? 'one' : 'other'}`, slots)
}

/** The same words with slots that have one value throughout a report, such as {level}. A slot of a sentence's own comes first. */
export function withStandingSlots(locale: Locale, standing: Slots): Locale {
  return {
    ...locale,
    text: (id, slots) => locale.text(id, { ...standing, ...slots }),
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

function fill(sentence: Sentence, slots: Slots, where: string): string {
  let filled = sentence[0]
  for (let at = 1; at < sentence.length; at += 2) {
    const name = sentence[at]
    const value = Object.hasOwn(slots, name) ? slots[name] : undefined
    if (value === undefined) throw new Error(`${where}: the slot {${name}} has no value`)
    filled += value + sentence[at + 1]
  }
  return filled
}
