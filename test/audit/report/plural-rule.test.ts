import { describe, expect, it } from 'vitest'
import { pluralRule } from '../../../src/audit/report/plural-rule.js'

const RUSSIAN = [
  { form: 'one', when: 'n % 10 = 1 and n % 100 != 11' },
  { form: 'few', when: 'n % 10 = 2..4 and n % 100 != 12..14' },
  { form: 'many' },
]

describe('pluralRule', () => {
  it('has one form where a language has one', () => {
    expect([0, 1, 2, 100].map(pluralRule([{ form: 'other' }], 'ko'))).toEqual(['other', 'other', 'other', 'other'])
  })

  it('agrees with the forms that Unicode CLDR lists for Russian and for Arabic', () => {
    expect([1, 21, 11, 2, 24, 12, 5, 100].map(pluralRule(RUSSIAN, 'ru'))).toEqual(
      ['one', 'one', 'many', 'few', 'few', 'many', 'many', 'many'], // prettier-ignore
    )
    const arabic = [
      { form: 'zero', when: 'n = 0' },
      { form: 'one', when: 'n = 1' },
      { form: 'two', when: 'n = 2' },
      { form: 'few', when: 'n % 100 = 3..10' },
      { form: 'many', when: 'n % 100 = 11..99' },
      { form: 'other' },
    ]
    expect([0, 1, 2, 103, 111, 100].map(pluralRule(arabic, 'ar'))).toEqual([
      'zero',
      'one',
      'two',
      'few',
      'many',
      'other',
    ])
  })

  it('takes the last form for a number that is not whole', () => {
    expect(pluralRule([{ form: 'one', when: 'n = 0..1' }, { form: 'other' }], 'xx')(0.5)).toBe('other')
  })

  it('reads alternatives', () => {
    const rule = pluralRule([{ form: 'few', when: 'n = 0,7 or n % 100 = 3..4' }, { form: 'other' }], 'xx')
    expect([0, 7, 103, 1].map(rule)).toEqual(['few', 'few', 'few', 'other'])
  })

  it('refuses a rule that it cannot read, and a list without a last form', () => {
    expect(() => pluralRule([{ form: 'one', when: 'n is 1' }, { form: 'other' }], 'reports/locales/xx')).toThrow(
      'reports/locales/xx: locale.plural: expected a rule such as "n % 10 = 2..4" but received "n is 1"',
    )
    expect(() => pluralRule([{ form: 'one', when: 'n = 1' }], 'xx')).toThrow('expected a last form')
  })
})
