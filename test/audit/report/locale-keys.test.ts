import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { localeFaults } from '../../../src/audit/report/check-locale.js'
import { localeContents, localeIds, localeSources, readLocale } from '../../../src/audit/report/locale.js'

const ROOT = new URL('../../../', import.meta.url)
const ENGLISH = localeSources('en')
const OTHERS = localeIds().filter((id) => id !== 'en')

describe('every language of the reports', () => {
  it('is known by the files in reports/locales, English first', () => {
    expect(localeIds().slice(0, 2)).toEqual(['en', 'ko'])
  })

  it.each(localeIds())('%s has every text of English, no other, and the same slots', (id) => {
    expect(localeFaults(ENGLISH, id, localeSources(id))).toEqual([])
  })

  it.each(OTHERS)('%s translates sentences of shipped definitions as they stand now', (id) => {
    const shipped = shippedSentences()
    const { lists } = localeContents(id, ...localeSources(id))
    const said = [...lists].flatMap(([key, entries]) => (key.startsWith('translations.said') ? entries : []))
    expect(said.map((entry) => entry.of).filter((of) => !shipped.has(of ?? ''))).toEqual([])
    expect(said.filter(({ text }) => text === '')).toEqual([])
  })

  it.each(OTHERS)('%s has words for every question that a shipped probe asks, and for what it cannot show', (id) => {
    const locale = readLocale(id)
    const untranslated = probeSentences().filter((sentence) => locale.translation('said', sentence) === undefined)
    expect(untranslated).toEqual([])
  })
})

describe('localeFaults', () => {
  const english = [
    'a: "{x} and {y}"\nb: { one: "{n} cat", other: "{n} cats" }\nl: [{ t: "{x}" }]\ndates: { day: "{year}" }',
  ]
  const rule = 'locale: { plural: [{ form: other }] }\n'
  const complete = `${rule}a: "{y}, {x}"\nb: { other: "{n}마리" }\nl: [{ t: "{x}" }]\ndates: { day: "{day}.{month}.{year}" }`
  const faultsOf = (source: string): readonly string[] => localeFaults(english, 'xx', [source])

  it('finds nothing in a language with one form for every number and a date of its own', () => {
    expect(faultsOf(complete)).toEqual([])
  })

  it('names a missing text, one that English lacks, and a form that the language does not have', () => {
    expect(faultsOf(complete.replace('a: ', 'z: '))).toEqual(['a: missing', 'z: not in English'])
    expect(faultsOf(complete.replace('{ other:', '{ one: "", other:'))).toEqual(['b.one: not in English'])
  })

  it('names a slot that is left out and one that English does not fill', () => {
    expect(faultsOf(complete.replace('{y}, ', ''))).toEqual(['a: the slot {y} is left out'])
    const forNothing = ['b.other: no slot {m} in English', 'b.other: the slot {n} is left out']
    expect(faultsOf(complete.replace('{n}마리', '{m}마리'))).toEqual(forNothing)
    expect(faultsOf(complete.replace('{n}마리', '고양이'))).toEqual(['b.other: the slot {n} is left out'])
  })

  it('names a list that is shorter, or whose entries hold other things', () => {
    expect(faultsOf(complete.replace('[{ t: "{x}" }]', '[]'))).toEqual(['l: 0 entries, English has 1'])
    expect(faultsOf(complete.replace('[{ t: "{x}" }]', '[{ t: "" }]'))).toEqual([
      'l, entry 1: expected t({x}) but received t()',
    ])
  })

  it('asks for every form of a language that has more than two', () => {
    const slavic = complete.replace(
      '[{ form: other }]',
      '[{ form: one, when: "n % 10 = 1 and n % 100 != 11" }, { form: few, when: "n % 10 = 2..4 and n % 100 != 12..14" }, { form: other }]',
    )
    expect(faultsOf(slavic)).toEqual(['b.one: missing', 'b.few: missing'])
  })

  it('refuses a language without a plural rule', () => {
    expect(faultsOf(complete.replace(rule, ''))).toEqual([
      'reports/locales/xx: expected a text for "locale.plural" but received none',
    ])
  })
})

type Definition = { readonly [field: string]: unknown }

function definitions(folder: string): Definition[] {
  const files = readdirSync(new URL(folder, ROOT)).filter((name) => name.endsWith('.yaml'))
  return files.map((name) => parse(readFileSync(new URL(`${folder}/${name}`, ROOT), 'utf8')) as Definition)
}

function probeSentences(): string[] {
  const fields = ['question', 'motivation', 'howToRead', 'cannotShow']
  return definitions('probes').flatMap((probe) => fields.flatMap((field) => sentencesIn(probe[field])))
}

/** Every text of probes, label sets, policies and grids, and of what the engine says is not measured. */
function shippedSentences(): ReadonlySet<string> {
  const engine = readFileSync(new URL('src/audit/findings/not-measured.ts', ROOT), 'utf8')
  return new Set([
    ...['probes', 'label-sets', 'policies', 'grids'].flatMap((folder) => definitions(folder).flatMap(sentencesIn)),
    ...[...engine.matchAll(/'([a-z][a-z -]+)'/g)].map(([, text]) => (text ?? '').replace('-', ' ')),
  ])
}

function sentencesIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(sentencesIn)
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(sentencesIn) : []
}
