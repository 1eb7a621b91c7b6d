import { describe, expect, it } from 'vitest'
import { readLocale } from '../../../src/audit/report/locale.js'
import { fullGroupName, groupName, printable, referenceName, shortened } from '../../../src/audit/report/names.js'

describe('names', () => {
  it('names a group by its values, and in full by its attributes as well', () => {
    const group = [
      ['race', 'Black'],
      ['gender', 'Male'],
    ] as const
    expect(groupName(group)).toBe('Black, Male')
    expect(fullGroupName(group)).toBe('race Black, gender Male')
  })

  it('shows control and direction characters as codes', () => {
    expect(printable('a\u0000b\u202Ec\nd')).toBe('a\\u0000b\\u202ec\\u000ad')
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
