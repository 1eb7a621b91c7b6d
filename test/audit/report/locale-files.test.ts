import { describe, expect, it } from 'vitest'
import { localeContents, localeFrom, localeIds, localeSources } from '../../../src/audit/report/locale.js'

describe('the languages of reports', () => {
  it('begin with English, and each has texts', () => {
    expect(localeIds()).toEqual(['en', 'ko'])
    for (const id of localeIds()) expect(localeSources(id).length).toBeGreaterThan(0)
  })

  it('are named where one is asked for that is not there', () => {
    expect(() => localeSources('xx')).toThrow('expected a language (en, ko) but received "xx"')
  })
})

describe('the files of a language', () => {
  const refused = (...sources: readonly string[]) => expect(() => localeFrom('xx', ...sources))

  it('are refused where a sentence or a list stands in two of them', () => {
    refused('a: { b: one }', 'a: { b: two }').toThrow('reports/locales/xx: "a.b" is given twice')
    refused('a: [{ x: one }]', 'a: [{ x: two }]').toThrow('"a" is given twice')
  })

  it('are refused where something is no text', () => {
    refused('a: { b: 3 }').toThrow('a.b: expected text but received 3')
    refused('a: [{ x: 3 }]').toThrow('x: expected text but received number')
  })

  it('hold a list of things that are no entries as entries without a word', () => {
    expect(localeContents('xx', 'a: [word]').lists.get('a')).toEqual([{}])
  })

  it('translate what is declared, once, and of a kind that is known', () => {
    const locale = localeFrom('xx', 'translations: { value: [{ of: Black, text: 흑인 }] }')
    expect(locale.translation('value', 'Black')).toBe('흑인')
    expect(locale.translation('value', 'White')).toBeUndefined()
    refused('translations: { colour: [{ of: a, text: b }] }').toThrow(
      'expected one of attribute, value, outcome, probe, said',
    )
    refused('translations: { value: [{ of: a }] }').toThrow('expected "of" and "text"')
    refused('translations: { value: [{ of: a, text: b }, { of: a, text: c }] }').toThrow('"a" is given twice')
  })
})
