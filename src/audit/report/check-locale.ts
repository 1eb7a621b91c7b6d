import { localeContents, localeFrom, type LocaleContents, type LocaleEntry } from './locale.js'

const OWN_LISTS = /^(locale\.plural$|translations\.)/ // each language has its own rule and translates what it has words for
const DATE_SLOTS = new Set(['year', 'month', 'month2', 'day', 'day2', 'hour', 'minute'])
const SOME_NUMBERS = [...Array(201).keys(), 1000, 1_000_000] // enough to meet every form of every rule that Unicode CLDR lists

/** What a language lacks, has too much, or fills otherwise than English does, a line each; empty where a report can be written in it.
 *  Every text of English must be there with the same slots, but that a sentence with a count has the forms of the language's own rule,
 *  each with slots that English knows for it, and that a date may use any part of a date. */
export function localeFaults(english: readonly string[], id: string, sources: readonly string[]): readonly string[] {
  const first = localeContents('en', ...english)
  const own = localeContents(id, ...sources)
  const forms = formsOf(id, sources)
  if (typeof forms === 'string') return [forms]
  const expected = expectedTexts(first, forms)
  const missing = [...expected.keys()].filter((key) => !own.texts.has(key)).map((key) => `${key}: missing`)
  const extra = [...own.texts.keys()].filter((key) => !expected.has(key)).map((key) => `${key}: not in English`)
  const slots = [...own.texts].flatMap(([key, sentence]) => slotFaults(key, slotsIn(sentence), expected.get(key)))
  return [...missing, ...extra, ...slots, ...listFaults(first, own)]
}

/** The forms that the language's rule gives for some number; a fault where it has no rule or one that cannot be read. */
function formsOf(id: string, sources: readonly string[]): ReadonlySet<string> | string {
  try {
    const { plural } = localeFrom(id, ...sources)
    return new Set(SOME_NUMBERS.map(plural))
  } catch (error) {
    return error instanceof Error ? error.message : String(error) // what is thrown is an Error that names file and rule
  }
}

/** What a sentence may hold: exactly these slots, or, of a sentence with a count, no others than these. */
/** Slots that a sentence may have, and those among them that it must. */
type Expected = { readonly slots: ReadonlySet<string>; readonly kept: ReadonlySet<string> }

const NO_SLOTS: ReadonlySet<string> = new Set()

function expectedTexts({ texts }: LocaleContents, forms: ReadonlySet<string>): ReadonlyMap<string, Expected> {
  const expected = new Map<string, Expected>()
  for (const [key, sentence] of texts) {
    const family = /^(.*)\.(one|other)$/.exec(key)?.[1]
    const [one, other] = [texts.get(`${family ?? ''}.one`), texts.get(`${family ?? ''}.other`)]
    if (family === undefined || one === undefined || other === undefined) {
      expected.set(key, key.startsWith('dates.') ? { slots: DATE_SLOTS, kept: NO_SLOTS } : exactly(sentence))
    } else {
      const slots = new Set([...slotsIn(one), ...slotsIn(other)])
      // the form for any number keeps what both English forms say; others may leave the number out ("an image")
      const kept = new Set([...slotsIn(one)].filter((slot) => slotsIn(other).has(slot)))
      for (const form of forms) expected.set(`${family}.${form}`, { slots, kept: form === 'other' ? kept : NO_SLOTS })
    }
  }
  return expected
}

function exactly(sentence: readonly string[]): Expected {
  const slots = slotsIn(sentence)
  return { slots, kept: slots }
}

function slotsIn(sentence: readonly string[]): ReadonlySet<string> {
  return new Set(sentence.filter((_, at) => at % 2 === 1))
}

function slotFaults(key: string, has: ReadonlySet<string>, expected: Expected | undefined): readonly string[] {
  if (expected === undefined) return []
  const unknown = [...has]
    .filter((slot) => !expected.slots.has(slot))
    .map((slot) => `${key}: no slot {${slot}} in English`)
  const left = [...expected.kept].filter((slot) => !has.has(slot))
  return [...unknown, ...left.map((slot) => `${key}: the slot {${slot}} is left out`)]
}

function listFaults(english: LocaleContents, own: LocaleContents): readonly string[] {
  const extra = [...own.lists.keys()].filter((key) => !english.lists.has(key) && !OWN_LISTS.test(key))
  const faults = [...english.lists].flatMap(([key, entries]) => {
    if (OWN_LISTS.test(key)) return []
    const mine = own.lists.get(key)
    if (mine === undefined) return [`${key}: missing`]
    if (mine.length !== entries.length) return [`${key}: ${mine.length} entries, English has ${entries.length}`]
    return entries.flatMap((entry, at) => entryFaults(`${key}, entry ${at + 1}`, entry, mine[at] ?? {}))
  })
  return [...extra.map((key) => `${key}: not in English`), ...faults]
}

function entryFaults(where: string, english: LocaleEntry, own: LocaleEntry): readonly string[] {
  const shape = (entry: LocaleEntry): string =>
    Object.entries(entry)
      .map(([name, text]) => `${name}(${[...new Set(text.match(/\{[A-Za-z]\w*\}/g) ?? [])].sort().join('')})`)
      .sort()
      .join(' ')
  return shape(english) === shape(own) ? [] : [`${where}: expected ${shape(english)} but received ${shape(own)}`]
}
