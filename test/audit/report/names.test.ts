import { describe, expect, it } from 'vitest'
import { withoutMarks } from '../../../src/audit/report/foreign.js'
import { readLocale } from '../../../src/audit/report/locale.js'
import { fullGroupName, groupName, printable, referenceName, shortened } from '../../../src/audit/report/names.js'

describe('names', () => {
  it('names a group by its values, and in full by its attributes as well', () => {
    const group = [
      ['race', 'Black'],
      ['gender', 'Male'],
    ] as const
    expect(groupName(group, readLocale('en'))).toBe('Black, Male')
    expect(fullGroupName(group, readLocale('en'))).toBe('race Black, gender Male')
  })

  it('puts a translation beside a name where the language has one, and marks the name as foreign', () => {
    const locale = readLocale('ko')
    const group = [
      ['race', 'Black'],
      ['gender', 'someone else'],
    ] as const
    expect(withoutMarks(groupName(group, locale))).toBe('Black (흑인), someone else')
    expect(withoutMarks(fullGroupName(group, locale))).toBe('race (인종) Black (흑인), gender (성별) someone else')
    expect(groupName(group, locale)).not.toBe(withoutMarks(groupName(group, locale)))
  })

  it('cuts a name for a chart without its marks, East Asian letters counting twice', () => {
    const name = groupName([['race', 'Southeast Asian']], readLocale('ko'))
    expect(shortened(name, 40)).toBe('Southeast Asian (동남아시아인)')
    expect(shortened(name, 24)).toBe('Southeast Asian (동남아…')
  })

  it('shows control and direction characters as codes', () => {
    expect(printable('a\u0000b\u202Ec\nd')).toBe('a\\u0000b\\u202ec\\u000ad')
  })

  it('shows characters that nobody sees as codes, and leaves emoji whole', () => {
    expect(printable('a\u200bb\u061cc')).toBe('a\\u200bb\\u061cc')
    expect(printable('x\u{e0041}y')).toBe('x\\ue0041y')
    expect(printable('\u{1f469}\u200d\u{1f52c}')).toBe('\u{1f469}\u200d\u{1f52c}')
  })

  it('replaces half of a character pair and keeps whole ones', () => {
    expect(printable('\ud83d x \ud83d\ude00')).toBe('\ufffd x \ud83d\ude00')
  })

  it('names the reference in words', () => {
    const locale = readLocale('en')
    expect(referenceName({ reference: { kind: 'rest' }, group: null, rate: 'r' }, locale)).toBe('everyone else')
    expect(referenceName({ reference: { kind: 'overall' }, group: null, rate: 'r' }, locale)).toBe('all images')
    expect(referenceName({ reference: { kind: 'best' }, group: [['race', 'White']], rate: 'r' }, locale)).toBe('White')
  })

  it('cuts a long name for a chart', () => {
    expect(shortened('a'.repeat(30), 24)).toBe(`${'a'.repeat(23)}…`)
    expect(shortened('short', 24)).toBe('short')
  })
})
