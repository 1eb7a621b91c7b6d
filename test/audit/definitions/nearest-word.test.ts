import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearestWord } from '../../../src/audit/definitions/nearest-word.js'

describe('nearestWord', () => {
  it('finds a word with a letter missing, added, changed or swapped', () => {
    const words = ['thresholds', 'templates', 'labels']
    expect(['tresholds', 'templatess', 'lobels', 'lables'].map((word) => nearestWord(word, words))).toEqual([
      'thresholds',
      'templates',
      'labels',
      'labels',
    ])
  })

  it('ignores upper and lower case', () => {
    expect(nearestWord('FAIRFACE', ['fairface', 'csv'])).toBe('fairface')
  })

  it('is silent when nothing is near', () => {
    expect(nearestWord('purpose', ['models', 'dataset'])).toBeNull()
    expect(nearestWord('x', [])).toBeNull()
  })

  it('finds every allowed word itself', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), {
          minLength: 1,
          selector: (word) => word.toLowerCase(),
        }),
        (words) => {
          for (const word of words) expect(nearestWord(word, words)?.toLowerCase()).toBe(word.toLowerCase())
        },
      ),
    )
  })

  it('does not compare words of unreasonable length', () => {
    expect(nearestWord('a'.repeat(100_000), ['a'.repeat(100_000)])).toBeNull()
  })
})
