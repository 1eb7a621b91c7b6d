import { describe, expect, it } from 'vitest'
import { didYouMean, folded, oneOf, printable } from '../../../src/audit/definitions/words.js'

describe('words for messages', () => {
  it('joins allowed words as a sentence does', () => {
    expect([oneOf(['a']), oneOf(['a', 'b']), oneOf(['a', 'b', 'c'])]).toEqual(['a', 'a or b', 'a, b or c'])
  })

  it('suggests the nearest word, or nothing', () => {
    expect(didYouMean('fairfase', ['fairface'])).toBe('Did you mean "fairface"?')
    expect(didYouMean('zzz', ['fairface'])).toBeUndefined()
  })

  it('takes texts as the same that differ in case, Unicode form or spaces at the ends', () => {
    expect(new Set(['Caf\u00e9', ' cafe\u0301', 'CAFÉ '].map(folded)).size).toBe(1)
    expect(folded('Straße')).toBe(folded('STRASSE'))
    expect(folded('a  b')).not.toBe(folded('a b'))
  })

  it('escapes control and direction characters in a file name', () => {
    expect(printable('a\u001b[31m\u202eb.yaml')).toBe('a\\u001b[31m\\u202eb.yaml')
  })
})
